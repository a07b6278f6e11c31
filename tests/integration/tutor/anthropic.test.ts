import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { PATIENCE } from '#lib/adapters/ai/model'
import { configuredModel } from '#lib/adapters/ai/sdk'
import { testDatabase } from '#tests/support/database'
import { modelServer } from '#tests/support/model-server'
import { beginNew, finish, makeBiology } from './tutor-support'

// Anthropic's protocol, through the real adapter and a real server that speaks it.

const KEY = 'sk-ant-of-nobody'
const server = await modelServer('anthropic')
const { owner } = await testDatabase({
  ...{ AI_PROVIDER: 'anthropic', AI_BASE_URL: server.baseUrl, AI_MODEL: 'a-model', AI_API_KEY: KEY },
})
const model = configuredModel()
const ask = (chatId: string | null = null) =>
  beginNew({ question: 'What turns light into sugar?', hasModel: true, chatId })

const texts = z.array(z.object({ type: z.literal('text'), text: z.string() }))
const body = z.object({
  ...{ model: z.string(), stream: z.literal(true), max_tokens: z.int().max(2_000), system: texts },
  messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content: texts })),
})

beforeAll(() => makeBiology(owner))
afterAll(() => server.close())

describe('a model of Anthropic’s', () => {
  test('is sent instructions, passages and the question, with the key in its own header, and is cited', async () => {
    server.behave({ kind: 'says', pieces: ['Photosynthesis ', 'does. [1]'] })
    const first = await ask()
    const { message, lines, failures } = await finish(first, { model })
    expect(message).toMatchObject({ text: 'Photosynthesis does. [1]', source: 'model', remark: null })
    expect(message?.citations.map(({ n }) => n)).toEqual([1])
    expect(lines.flatMap((line) => (line.type === 'text' ? [line.text] : []))).toEqual([
      'Photosynthesis ',
      'does. [1]',
    ])
    expect(failures).toBe(0)

    const { path, headers } = server.heads.at(-1) ?? { path: '', headers: {} }
    expect([path, headers['x-api-key'], headers.authorization]).toEqual(['/v1/messages', KEY, undefined])
    const text = server.asked.at(-1) ?? ''
    const sent = body.parse(JSON.parse(text))
    expect(sent.model).toBe('a-model')
    // What is read from the course is in no instruction.
    expect(JSON.stringify(sent.system)).not.toContain('Photosynthesis')
    expect(JSON.stringify(sent.messages)).toContain('Photosynthesis turns light into sugar')
    expect(JSON.parse(text)).not.toHaveProperty('tools')
    for (const absent of [KEY, 'Person', 'ann0', '@north', 'School north', 'Chlorophyll'])
      expect(text).not.toContain(absent)

    await finish(await ask(first.chatId), { model })
    const then = body.parse(JSON.parse(server.asked.at(-1) ?? ''))
    expect(then.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
  })

  test.each([
    ['is overloaded', { kind: 'fails', status: 529 }],
    ['refuses the key', { kind: 'fails', status: 401 }],
    ['says in the middle that it can’t go on', { kind: 'errs', pieces: ['Photo'] }],
    ['breaks off', { kind: 'breaks', pieces: ['Photo'] }],
    ['says nothing', { kind: 'says', pieces: [] }],
    ['answers nonsense', { kind: 'garbage' }],
  ] as const)('that %s is replaced by the passages at once, asked once', async (_what, behaviour) => {
    server.behave(behaviour)
    const before = server.asked.length
    const { message, lines, failures } = await finish(await ask(), { model })
    expect(message).toMatchObject({ source: 'passages', remark: 'failed' })
    expect(message?.text).toContain('> Photosynthesis turns light into sugar')
    expect(JSON.stringify(lines)).not.toContain('secret')
    expect([failures, server.asked.length - before]).toEqual([1, 1])
  })

  test('that says no word, or no more, is given up within three seconds', async () => {
    for (const behaviour of [{ kind: 'silent' }, { kind: 'stalls', pieces: ['Photo'] }] as const) {
      server.behave(behaviour)
      const { message, ms } = await finish(await ask(), { model, patience: PATIENCE })
      expect(message?.remark).toBe('failed')
      expect(ms).toBeLessThan(3_000)
      expect(ms).toBeGreaterThan(2_000)
    }
    expect(server.left()).toBeGreaterThanOrEqual(2)
  })
})
