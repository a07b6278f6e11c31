import { simulateReadableStream } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PATIENCE } from '#lib/adapters/ai/model'
import { configuredModel, textModel } from '#lib/adapters/ai/sdk'
import { stopQuestion } from '#lib/db/queries/tutor'
import { withTenant } from '#lib/db/tenant'
import { loadPanel } from '#lib/tutor/load-panel'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '#tests/support/factories'
import { modelServer } from '#tests/support/model-server'
import { all, begin, beginNew, finish, freshKey, north, SCHOOL, write } from './tutor-support'

// A question to the tutor: who may ask, what becomes of it, and what happens when a model doesn't answer.

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

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR', count: 2 })
  await makePeople(owner, 'north', 'ann', { count: 9 })
  await makePeople(owner, 'south', 'tom', { role: 'INSTRUCTOR' })
  await makeCourse(owner, 'north', 'bio', { instructorId: 'tea0', modules: 1, lessons: 4 })
  await makeCourse(owner, 'south', 'geo', { instructorId: 'tom0', modules: 1, lessons: 1 })
  await makeEnrollments(owner, 'north', 'bio', ['ann0', 'ann1', 'ann2', 'ann3', 'ann4', 'ann5', 'ann6'])
  await write(owner, 'biom0l0', 'Leaves', 'Photosynthesis turns light into sugar in the leaves of plants.', '# Cells', 'Mitochondria burn the sugar again and give the cell its energy.')
  await write(owner, 'biom0l1', 'Roots', 'Roots drink water and hold the plant in the ground.')
  await write(owner, 'biom0l2', 'Later', 'Chlorophyll, the green of leaves, catches the light for sugar.')
  await write(owner, 'biom0l3', 'After roots', 'Stomata let light-made sugar breathe.')
  await owner.query(`update "Lesson" set "releaseAt" = now() + interval '1 day' where id = 'biom0l2'`)
  await owner.query(`update "Lesson" set "releaseAfterId" = 'biom0l1' where id = 'biom0l3'`)
})

beforeEach(() => {
  server.behave({ kind: 'says', pieces: ['Photosynthesis ', 'does. [1]'] })
})

afterAll(() => server.close())

describe('who may ask', () => {
  const refused = async (code: string, asked: Parameters<typeof begin>[0], reason: string | null = null) => {
    const before = await count('"TutorQuestion"')
    await expect(begin(asked)).rejects.toMatchObject({ code, reason })
    expect(await count('"TutorQuestion"')).toBe(before)
  }

  test('whoever learns in the course or teaches it, beside a lesson that is open to them; nobody else', async () => {
    await refused('not_found', { question: LIGHT, userId: 'ann8' })
    await refused('forbidden', { question: LIGHT, lessonId: 'biom0l2' })
    await refused('not_found', { question: LIGHT, courseId: 'geo', lessonId: 'geom0l0' })
    await refused('not_found', { question: LIGHT, courseId: 'geo' })
    await refused('not_found', { question: LIGHT, userId: 'tea1' })
    await owner.query(`update "Lesson" set preview = true where id = 'biom0l0'`)
    await refused('forbidden', { question: LIGHT, userId: 'ann8' })
    await owner.query(`update "Lesson" set preview = false where id = 'biom0l0'`)
    const green = { question: 'Which green of the leaves catches light?' }
    const lessons = async (userId: string, lessonId: string) =>
      (await beginNew({ ...green, userId, lessonId })).passages.map((passage) => passage.lessonId)
    expect(await lessons('tea0', 'biom0l2')).toContain('biom0l2')
    expect(await lessons('ann1', 'biom0l0')).not.toContain('biom0l2')
  })

  test('nobody while it is off, and what was asked can still be read', async () => {
    const { chatId } = await beginNew({ question: LIGHT, userId: 'ann5' }).then(async (asked) => {
      await finish(asked)
      return asked
    })
    await owner.query(`update "Course" set tutor = '{"on": false}' where id = 'bio'`)
    await refused('conflict', { question: LIGHT, userId: 'ann5' }, 'off')
    const view = await panel('ann5', chatId)
    expect(view.closed?.reason).toBe('off')
    expect(view.messages).toHaveLength(2)
    await owner.query(`update "Course" set tutor = '{}' where id = 'bio'`)
  })

  test('not while they write an exam of the course, or may begin one that closes', async () => {
    const exam = await makeExam(owner, 'north', 'final', { courseId: 'bio', settings: { attempts: 1 } })
    const window = (start: string, end: string | null) =>
      owner.query(`update "Exam" set "startDate" = now() + $1::interval, "endDate" = now() + $2::interval where id = $3`, [start, end, exam])
    await window('-1 hour', '1 hour')
    await refused('conflict', { question: LIGHT, userId: 'ann2' }, 'exam')
    // The teacher tries it out at any time.
    await finish(await beginNew({ question: LIGHT, userId: 'tea0' }))
    await window('1 hour', '2 hours')
    await finish(await beginNew({ question: LIGHT, userId: 'ann2' }))
    // Somebody with an earlier start of their own.
    await owner.query(
      `insert into "ExamAccommodation" ("tenantId", "courseId", "examId", "userId", "startDate") values ('north', 'bio', $1, 'ann3', now() - interval '1 minute')`,
      [exam],
    )
    await refused('conflict', { question: LIGHT, userId: 'ann3' }, 'exam')
    // An exam that never closes would close the tutor for ever: only while it is written, or where the teacher says so.
    await window('-1 hour', null)
    await finish(await beginNew({ question: LIGHT, userId: 'ann2' }))
    await owner.query(`update "Course" set tutor = '{"openExams": true}' where id = 'bio'`)
    await refused('conflict', { question: LIGHT, userId: 'ann2' }, 'exam')
    await owner.query(`update "Course" set tutor = '{}' where id = 'bio'`)
    const attempt = (state: string) =>
      owner.query(
        `insert into "ExamAttempt" (id, "tenantId", "examId", "versionId", "userId", counts, "startedAt", "deadlineAt", "submittedAt", "endedBy")
         values ($1, 'north', 'final', 'finalv1', 'ann2', false, now() - interval '10 minutes', now() + interval '10 minutes', null, null)`,
        [state],
      )
    await attempt('running')
    await refused('conflict', { question: LIGHT, userId: 'ann2' }, 'exam')
    expect((await panel('ann2')).closed?.text).toContain('Exam final')
    await owner.query(`update "ExamAttempt" set "submittedAt" = now(), "endedBy" = 'LEARNER' where id = 'running'`)
    await window('-1 hour', '1 hour')
    // Written: their one attempt is used.
    await finish(await beginNew({ question: LIGHT, userId: 'ann2' }))
    await owner.query(`update "Exam" set "deletedAt" = now() where id = 'final'`)
  })

  test('so often a day, and so often a month for the whole school; after that no model is asked', async () => {
    await owner.query(`insert into "AIChat" (id, "tenantId", "userId", "courseId", messages) values ('day', 'north', 'ann4', 'bio', '[]')`)
    await owner.query(
      `insert into "TutorQuestion" ("tenantId", "userId", "chatId", "courseId", key, place, outcome, "answeredAt")
       select 'north', 'ann4', 'day', 'bio', 'old' || n, 0, 'QUOTED', now() from generate_series(1, 39) n`,
    )
    const last = await beginNew({ question: LIGHT, userId: 'ann4' })
    expect(last.left).toBe(0)
    await finish(last)
    await refused('rate_limited', { question: LIGHT, userId: 'ann4' }, 'day')
    expect((await panel('ann4')).closed?.reason).toBe('day')
    await owner.query(`update "UsageCounter" set amount = 499 where kind = 'ai-messages'`)
    const before = server.asked.length
    const taken = await beginNew({ question: LIGHT, plan: 'FREE', hasModel: true })
    expect((await finish(taken, { model })).message?.source).toBe('model')
    const over = await beginNew({ question: LIGHT, plan: 'FREE', hasModel: true })
    expect((await finish(over, { model })).message).toMatchObject({ source: 'passages', remark: 'month' })
    expect(server.asked.length).toBe(before + 1)
    await owner.query(`update "UsageCounter" set amount = 0 where kind = 'ai-messages'`)
  })

  test('the administrators hear once that the month’s questions come to their end', async () => {
    await makePeople(owner, 'north', 'adm', { role: 'ADMIN' })
    await owner.query(`update "UsageCounter" set amount = 398 where kind = 'ai-messages'`)
    for (let n = 0; n < 3; n += 1) await finish(await beginNew({ question: LIGHT, plan: 'FREE' }))
    expect(await count(`"Outbox" where kind = 'mail.limit-near' and payload ->> 'kind' = 'ai'`)).toBe(1)
  })
})

describe('a question', () => {
  test('is answered from passages that are open to its asker now, with numbers that lead to them', async () => {
    const asked = await beginNew({ question: LIGHT })
    expect(asked.passages.map(({ lessonId }) => lessonId)).not.toContain('biom0l2')
    expect(asked.passages.map(({ lessonId }) => lessonId)).not.toContain('biom0l3')
    const { message, lines } = await finish(asked)
    expect(message).toMatchObject({ source: 'passages', remark: null })
    expect(message?.text).toContain('> Photosynthesis turns light into sugar')
    expect(message?.citations[0]).toMatchObject({ n: 1, lessonId: 'biom0l0', lessonTitle: 'Leaves', heading: '' })
    expect(message?.citations[0]?.anchor).toMatch(/^p-[a-z0-9]+$/)
    expect(lines.at(-1)).toMatchObject({ type: 'text' })
    await owner.query(
      `insert into "LessonProgress" ("tenantId", "enrollmentId", "userId", "lessonId", completed, "completedAt")
       values ('north', 'bioeann0', 'ann0', 'biom0l1', true, now())`,
    )
    expect((await beginNew({ question: LIGHT })).passages.map(({ lessonId }) => lessonId)).toContain('biom0l3')
    await owner.query(`delete from "LessonProgress" where "userId" = 'ann0'`)
  })

  test('that the material doesn’t answer is told so, without asking a model', async () => {
    const before = server.asked.length
    const asked = await beginNew({ question: 'Who won the football cup in Brazil?', hasModel: true })
    expect((await finish(asked, { model })).message).toMatchObject({ source: 'nothing', citations: [] })
    expect(server.asked.length).toBe(before)
  })

  test('about a topic that is left out is declined, without a model, and doesn’t count', async () => {
    await owner.query(`update "Course" set tutor = '{"topics": ["burning sugar", "???"]}' where id = 'bio'`)
    const used = (await owner.query<{ amount: string }>(`select amount from "UsageCounter" where kind = 'ai-messages'`)).rows[0]?.amount
    const asked = await beginNew({ question: 'Tell me how the sugars are burned!', hasModel: true, userId: 'ann6' })
    expect((await finish(asked, { model })).message?.source).toBe('refused')
    expect((await owner.query(`select amount from "UsageCounter" where kind = 'ai-messages'`)).rows[0]?.amount).toBe(used)
    expect((await panel('ann6')).left).toBe('40 questions left today')
    expect((await beginNew({ question: LIGHT, userId: 'ann6' })).refused).toBe(false)
    await owner.query(`update "Course" set tutor = '{}' where id = 'bio'`)
  })

  test('is asked once, however often it is pressed, and has one answer', async () => {
    const key = freshKey()
    const used = await count(`"TutorQuestion" where "userId" = 'ann1'`)
    const presses = await Promise.allSettled(
      Array.from({ length: 8 }, () => begin({ question: LIGHT, userId: 'ann1', key })),
    )
    const begun = presses.filter((press) => press.status === 'fulfilled')
    expect(begun).toHaveLength(1)
    for (const press of presses)
      if (press.status === 'rejected') expect(press.reason).toMatchObject({ code: 'conflict', reason: 'busy' })
    expect(await count(`"TutorQuestion" where "userId" = 'ann1'`)).toBe(used + 1)
    const first = begun[0]?.value
    if (first === undefined || 'message' in first) throw new Error('It was not asked.')
    // In the same conversation the next one waits for its turn.
    await expect(begin({ question: 'And roots?', userId: 'ann1', chatId: first.chatId })).rejects.toMatchObject({ reason: 'busy' })
    const { message } = await finish(first)
    const again = await begin({ question: LIGHT, userId: 'ann1', key })
    expect(again).toMatchObject({ chatId: first.chatId, message: { text: message?.text } })
    expect(await count(`"TutorQuestion" where "userId" = 'ann1'`)).toBe(used + 1)
  })

  test('continues only one’s own conversation', async () => {
    const { chatId } = await beginNew({ question: LIGHT, userId: 'ann5' })
    await expect(begin({ question: LIGHT, userId: 'ann0', chatId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(panel('ann0', chatId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      withTenant('south', (db) => stopQuestion(db, { userId: 'ann5', key: 'x', shown: 0 })),
    ).resolves.toBeNull()
  })

  test('whose process died doesn’t hold its conversation for ever', async () => {
    const lost = await beginNew({ question: LIGHT, userId: 'ann3' })
    expect((await panel('ann3', lost.chatId)).answering).toBe(true)
    await owner.query(`update "TutorQuestion" set "askedAt" = now() - interval '2 minutes' where id = $1`, [lost.questionId])
    expect((await panel('ann3', lost.chatId)).answering).toBe(false)
    await finish(await beginNew({ question: 'And the roots of plants?', userId: 'ann3', chatId: lost.chatId }))
    // The lost one comes back late: its place is taken.
    expect((await finish(lost)).message).toBeNull()
    const { messages } = await panel('ann3', lost.chatId)
    expect(messages.map(({ role, remark }) => [role, remark])).toEqual([
      ...[['user', null], ['assistant', 'lost'], ['user', null], ['assistant', null]],
    ])
  })
})

describe('a model', () => {
  const ask = () => beginNew({ question: LIGHT, hasModel: true })

  test('is sent the passages and the question, and its words come as it says them', async () => {
    const { message, lines } = await finish(await ask(), { model })
    expect(message).toMatchObject({ text: 'Photosynthesis does. [1]', source: 'model', remark: null })
    expect(message?.citations.map(({ n }) => n)).toEqual([1])
    expect(lines.flatMap((line) => (line.type === 'text' ? [line.text] : [])).join('')).toBe('Photosynthesis does. [1]')
    const body: unknown = JSON.parse(server.asked.at(-1) ?? '')
    expect(body).toMatchObject({ model: 'test', stream: true })
    expect(body).not.toHaveProperty('tools')
    const text = JSON.stringify(body)
    expect(text).toContain('Photosynthesis turns light into sugar')
    for (const absent of ['Person', 'ann0', '@north', 'School north', 'Chlorophyll']) expect(text).not.toContain(absent)
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
    const next = await beginNew({ question: 'Why do they drink water?', hasModel: true, chatId: first.chatId })
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
    const usage = { inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined }, outputTokens: { total: 1, text: 1, reasoning: undefined } }
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
