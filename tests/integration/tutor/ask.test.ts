import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { configuredModel } from '#lib/adapters/ai/sdk'
import { stopQuestion } from '#lib/db/queries/tutor'
import { withTenant } from '#lib/db/tenant'
import { loadPanel } from '#lib/tutor/load-panel'
import { testDatabase } from '#tests/support/database'
import { makeExam, makePeople } from '#tests/support/factories'
import { modelServer } from '#tests/support/model-server'
import { begin, beginNew, finish, freshKey, makeBiology, north, SCHOOL } from './tutor-support'

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

beforeAll(() => makeBiology(owner))

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
      owner.query(
        `update "Exam" set "startDate" = now() + $1::interval, "endDate" = now() + $2::interval where id = $3`,
        [start, end, exam],
      )
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
    await owner.query(
      `update "ExamAttempt" set "submittedAt" = now(), "endedBy" = 'LEARNER' where id = 'running'`,
    )
    await window('-1 hour', '1 hour')
    // Written: their one attempt is used.
    await finish(await beginNew({ question: LIGHT, userId: 'ann2' }))
    await owner.query(`update "Exam" set "deletedAt" = now() where id = 'final'`)
  })

  test('so often a day, and so often a month for the whole school; after that no model is asked', async () => {
    await owner.query(
      `insert into "AIChat" (id, "tenantId", "userId", "courseId", messages) values ('day', 'north', 'ann4', 'bio', '[]')`,
    )
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
    expect(message?.citations[0]).toMatchObject({
      n: 1,
      lessonId: 'biom0l0',
      lessonTitle: 'Leaves',
      heading: '',
    })
    expect(message?.citations[0]?.anchor).toMatch(/^p-[a-z0-9]+$/)
    expect(lines.at(-1)).toMatchObject({ type: 'text' })
    await owner.query(
      `insert into "LessonProgress" ("tenantId", "enrollmentId", "userId", "lessonId", completed, "completedAt")
       values ('north', 'bioeann0', 'ann0', 'biom0l1', true, now())`,
    )
    expect((await beginNew({ question: LIGHT })).passages.map(({ lessonId }) => lessonId)).toContain(
      'biom0l3',
    )
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
    const used = async () => {
      const { rows } = await owner.query<{ amount: string }>(
        `select amount from "UsageCounter" where kind = 'ai-messages'`,
      )
      return rows[0]?.amount
    }
    const before = await used()
    const asked = await beginNew({
      question: 'Tell me how the sugars are burned!',
      hasModel: true,
      userId: 'ann6',
    })
    expect((await finish(asked, { model })).message?.source).toBe('refused')
    expect(await used()).toBe(before)
    expect((await panel('ann6')).left).toBe('40 questions left today')
    expect((await beginNew({ question: LIGHT, userId: 'ann6' })).refused).toBe(false)
    // A slip costs nothing; whoever goes on with it all day is stopped like everybody.
    await owner.query(
      `insert into "TutorQuestion" ("tenantId", "userId", "chatId", "courseId", key, place, outcome, "answeredAt")
       select 'north', 'ann6', $1, 'bio', 'flood' || n, 0, 'REFUSED', now() from generate_series(1, 48) n`,
      [asked.chatId],
    )
    await expect(begin({ question: 'How are sugars burned?', userId: 'ann6' })).rejects.toMatchObject({
      ...{ code: 'rate_limited', reason: 'day' },
    })
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
      if (press.status === 'rejected')
        expect(press.reason).toMatchObject({ code: 'conflict', reason: 'busy' })
    expect(await count(`"TutorQuestion" where "userId" = 'ann1'`)).toBe(used + 1)
    const first = begun[0]?.value
    if (first === undefined || 'message' in first) throw new Error('It was not asked.')
    // In the same conversation the next one waits for its turn.
    await expect(
      begin({ question: 'And roots?', userId: 'ann1', chatId: first.chatId }),
    ).rejects.toMatchObject({ reason: 'busy' })
    const { message } = await finish(first)
    const again = await begin({ question: LIGHT, userId: 'ann1', key })
    expect(again).toMatchObject({ chatId: first.chatId, message: { text: message?.text } })
    expect(await count(`"TutorQuestion" where "userId" = 'ann1'`)).toBe(used + 1)
  })

  test('continues only one’s own conversation', async () => {
    const { chatId } = await beginNew({ question: LIGHT, userId: 'ann5' })
    await expect(begin({ question: LIGHT, userId: 'ann0', chatId })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(panel('ann0', chatId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      withTenant('south', (db) => stopQuestion(db, { userId: 'ann5', key: 'x', shown: 0 })),
    ).resolves.toBeNull()
  })

  test('whose process died doesn’t hold its conversation for ever', async () => {
    const lost = await beginNew({ question: LIGHT, userId: 'ann3' })
    expect((await panel('ann3', lost.chatId)).answering).toBe(true)
    await owner.query(`update "TutorQuestion" set "askedAt" = now() - interval '2 minutes' where id = $1`, [
      lost.questionId,
    ])
    expect((await panel('ann3', lost.chatId)).answering).toBe(false)
    await finish(
      await beginNew({ question: 'And the roots of plants?', userId: 'ann3', chatId: lost.chatId }),
    )
    // The lost one comes back late: its place is taken.
    expect((await finish(lost)).message).toBeNull()
    const { messages } = await panel('ann3', lost.chatId)
    expect(messages.map(({ role, remark }) => [role, remark])).toEqual([
      ...[
        ['user', null],
        ['assistant', 'lost'],
        ['user', null],
        ['assistant', null],
      ],
    ])
  })
})
