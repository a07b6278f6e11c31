import { simulateReadableStream } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PATIENCE } from '#lib/adapters/ai/model'
import { configuredModel, textModel } from '#lib/adapters/ai/sdk'
import { stopQuestion } from '#lib/db/queries/tutor'
import { loadPanel } from '#lib/tutor/load-panel'
import { testDatabase } from '#tests/support/database'
import { modelServer } from '#tests/support/model-server'
import { all, beginNew, finish, freshKey, makeBiology, north, SCHOOL } from './tutor-support'

// A model that answers, is late, breaks off, fails or lies, through the real adapter and a real server.

const server = await modelServer()
const { owner } = await testDatabase({
  ...{ AI_PROVIDER: 'openai-compatible', AI_BASE_URL: server.baseUrl, AI_MODEL: 'test', AI_API_KEY: 'key' },
})
const model = configuredModel()
const LIGHT = 'What turns light into sugar?'

const panel = (userId: string, chat?: string, lessonId = 'biom0l0') =>
  north((db) =>
    loadPanel(db, {
      ...{ courseId: 'bio', lessonId, reader: { userId, everyCourse: false }, school: SCHOOL, chat },
    }),
  )
const count = async (sql: string): Promise<number> =>
  Number((await owner.query<{ n: string }>(`select count(*) as n from ${sql}`)).rows[0]?.n)

beforeAll(() => makeBiology(owner))

beforeEach(() => {
  server.behave({ kind: 'says', pieces: ['Photosynthesis ', 'does. [1]'] })
})

afterAll(() => server.close())

describe('a model', () => {
  const ask = () => beginNew({ question: LIGHT, hasModel: true })

  test('is sent the passages and the question, and its words come as it says them', async () => {
    const { message, lines } = await finish(await ask(), { model })
    expect(message).toMatchObject({ text: 'Photosynthesis does. [1]', source: 'model', remark: null })
    expect(message?.citations.map(({ n }) => n)).toEqual([1])
    expect(lines.flatMap((line) => (line.type === 'text' ? [line.text] : [])).join('')).toBe(
      'Photosynthesis does. [1]',
    )
    const body: unknown = JSON.parse(server.asked.at(-1) ?? '')
    expect(body).toMatchObject({ model: 'test', stream: true })
    expect(body).not.toHaveProperty('tools')
    const text = JSON.stringify(body)
    expect(text).toContain('Photosynthesis turns light into sugar')
    for (const absent of ['Person', 'ann0', '@north', 'School north', 'Chlorophyll'])
      expect(text).not.toContain(absent)
  })

  test.each([
    ['is silent', { kind: 'silent' }],
    ['stalls', { kind: 'stalls', pieces: ['Photo'] }],
    ['breaks off', { kind: 'breaks', pieces: ['Photo'] }],
    ['fails', { kind: 'fails', status: 500 }],
    ['refuses', { kind: 'fails', status: 429 }],
    ['answers nonsense', { kind: 'garbage' }],
    ['says nothing', { kind: 'says', pieces: [] }],
  ] as const)('that %s is replaced by the passages, and that is said', async (_what, behaviour) => {
    server.behave(behaviour)
    const { message, lines, failures } = await finish(await ask(), { model })
    expect(message).toMatchObject({ source: 'passages', remark: 'failed' })
    expect(message?.text).toContain('> Photosynthesis turns light into sugar')
    expect(message?.text).not.toContain('secret')
    expect(failures).toBe(1)
    expect(lines.filter(({ type }) => type === 'anew')).toHaveLength(1)
  })

  test('that is late or falls silent is given up within three seconds', async () => {
    for (const behaviour of [{ kind: 'silent' }, { kind: 'stalls', pieces: ['Photo'] }] as const) {
      server.behave(behaviour)
      const { message, ms } = await finish(await ask(), { model, patience: PATIENCE })
      expect(message?.remark).toBe('failed')
      expect(ms).toBeLessThan(3_000)
      expect(ms).toBeGreaterThan(2_000)
    }
    // Nobody goes on paying for what nobody reads.
    expect(server.left()).toBeGreaterThanOrEqual(2)
  })

  test('that nobody listens to any more is still heard to its end', async () => {
    server.behave({ kind: 'says', pieces: ['One ', 'two ', 'three. [1]'], pause: 30 })
    const asked = await ask()
    const { message } = await finish(asked, { model, hear: () => undefined })
    expect(message?.text).toBe('One two three. [1]')
    expect((await panel('ann0', asked.chatId)).messages.at(-1)?.text).toBe('One two three. [1]')
  })

  test('that its reader stops has said what they saw', async () => {
    server.behave({ kind: 'says', pieces: ['One ', 'two ', 'three ', 'four. [1]'], pause: 150 })
    const key = freshKey()
    const asked = await beginNew({ question: LIGHT, hasModel: true, key })
    const stopping = new AbortController()
    const { message } = await finish(asked, {
      ...{ model, stopped: stopping.signal },
      hear: (line) => {
        if (line.type !== 'text' || line.text !== 'two ') return
        void north((db) => stopQuestion(db, { userId: 'ann0', key, shown: 8 })).then(() => stopping.abort())
      },
    })
    expect(message).toMatchObject({ text: 'One two', remark: 'stopped', source: 'model' })
    expect(await count(`"TutorQuestion" where outcome = 'STOPPED'`)).toBe(1)
  })

  test('names no passage that there isn’t, and an answer without one says so', async () => {
    server.behave({ kind: 'says', pieces: ['Because [9] says so.'] })
    const { message } = await finish(await ask(), { model })
    expect(message).toMatchObject({ remark: 'unnamed', citations: [] })
  })

  test('gets earlier answers only while all that they were made of is open to their reader', async () => {
    server.behave({ kind: 'says', pieces: ['Roots drink. [1]'] })
    const first = await beginNew({ question: 'What do roots drink?', hasModel: true })
    await finish(first, { model })
    const next = await beginNew({
      question: 'Why do they drink water?',
      hasModel: true,
      chatId: first.chatId,
    })
    await finish(next, { model })
    expect(server.asked.at(-1)).toContain('Roots drink. [1]')
    await owner.query(`update "Lesson" set "deletedAt" = now() where id = 'biom0l1'`)
    const then = await beginNew({ question: LIGHT, hasModel: true, chatId: first.chatId })
    await finish(then, { model })
    expect(server.asked.at(-1)).not.toContain('Roots drink')
    expect(server.asked.at(-1)).not.toContain('hold the plant')
    await owner.query(`update "Lesson" set "deletedAt" = null where id = 'biom0l1'`)
  })

  test('of the SDK’s own kind is read the same way', async () => {
    const usage = {
      inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: 1, text: 1, reasoning: undefined },
    }
    const mock = (finish: 'stop' | 'error', last: string) =>
      textModel(
        new MockLanguageModelV4({
          doStream: () =>
            Promise.resolve({
              stream: simulateReadableStream({
                chunks: [
                  { type: 'text-start', id: '1' },
                  { type: 'text-delta', id: '1', delta: 'Hello ' },
                  { type: 'text-delta', id: '1', delta: last },
                  { type: 'text-end', id: '1' },
                  { type: 'finish', finishReason: { unified: finish, raw: undefined }, usage },
                ],
              }),
            }),
        }),
      )
    expect(await all(mock('stop', 'there.'))).toBe('Hello there.')
    await expect(all(mock('error', 'there.'))).rejects.toMatchObject({ name: 'ModelFailure' })
  })
})
