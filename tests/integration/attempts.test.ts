import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { attemptAnswersSchema } from '#lib/exams/contract'
import { GRACE_SECONDS, saveAnswer } from '#lib/db/queries/answers'
import { listAttempts, startAttempt, submitAttempt } from '#lib/db/queries/attempts'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'
import { walk } from './walk'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
const gone = { code: 'not_found' }
const userId = 'ann0'

let exams = 0
/** An open exam of its own for a test: questions q0 to q2, half an hour. */
async function exam(window: Readonly<{ start?: string; end?: string }> = {}): Promise<string> {
  exams += 1
  const id = await makeExam(owner, 'north', `exam${exams}x`, { courseId: 'maths' })
  const { start = null, end = null } = window
  await owner.query(
    `UPDATE "Exam" SET "startDate" = now() + $2::interval, "endDate" = now() + $3::interval WHERE id = $1`,
    [id, start, end],
  )
  return id
}

const start = (examId: string, who = userId) => north((db) => startAttempt(db, { examId, userId: who }))
const submit = (attemptId: string) => north((db) => submitAttempt(db, { attemptId, userId }))
const answer = (attemptId: string, sequence: number, value: boolean | null, questionId = 'q0') =>
  north((db) =>
    saveAnswer(db, { attemptId, userId, questionId, sequence, value: { type: 'true-false', value } }),
  )
const pause = (milliseconds = 400) => new Promise((resolve) => setTimeout(resolve, milliseconds))
/** Lets an attempt have begun and ended earlier. */
const age = (attemptId: string, seconds: number) =>
  owner.query(
    `UPDATE "ExamAttempt" SET "startedAt" = "startedAt" - $2::int * interval '1 second', "deadlineAt" = now() - ($2::int - 1800) * interval '1 second' WHERE id = $1`,
    [attemptId, seconds],
  )

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  const people = await makePeople(owner, 'north', 'ann', { count: 12 })
  await makeCourse(owner, 'north', 'maths', { instructorId: 'tea0' })
  await makeEnrollments(owner, 'north', 'maths', people.slice(0, 11))
})

describe('starting', () => {
  test('fixes the deadline by the database’s clock, and not later than the exam’s end', async () => {
    const free = await start(await exam())
    expect(free.deadlineAt.getTime() - free.startedAt.getTime()).toBe(30 * 60_000)
    const examId = await exam({ end: '10 minutes' })
    const capped = await start(examId)
    const end = await owner.query<{ endDate: Date }>(`SELECT "endDate" FROM "Exam" WHERE id = $1`, [examId])
    expect(capped.deadlineAt).toEqual(end.rows[0]?.endDate)
  })

  test('is a conflict before the window, after it, and where nothing is published', async () => {
    const draft = await makeExam(owner, 'north', 'unpublished', { courseId: 'maths', published: false })
    for (const id of [
      await exam({ start: '1 minute' }),
      await exam({ start: '-2 hours', end: '-1 second' }),
      draft,
    ]) {
      await expect(start(id)).rejects.toMatchObject({ code: 'conflict' })
    }
  })

  test('ten times at once is one attempt', async () => {
    const id = await exam()
    const started = await Promise.all(Array.from({ length: 10 }, () => start(id)))
    expect(new Set(started.map((attempt) => attempt.id)).size).toBe(1)
    expect(started.filter((attempt) => !attempt.resumed)).toHaveLength(1)
  })

  test('again and again numbers the attempts 1, 2, 3 without a gap, in a race too', async () => {
    const id = await exam()
    for (let round = 0; round < 4; round += 1) {
      const [attempt] = await Promise.all([start(id), start(id), start(id)])
      await submit(attempt.id)
    }
    const numbers = await owner.query(
      `SELECT number, counts FROM "ExamAttempt" WHERE "examId" = $1 ORDER BY number`,
      [id],
    )
    expect(numbers.rows).toEqual([1, 2, 3, 4].map((number) => ({ number, counts: number === 4 })))
  })

  test('is for those enrolled, and costs two statements', async () => {
    const id = await exam()
    await expect(start(id, 'ann11')).rejects.toMatchObject(gone)
    await expect(south((db) => startAttempt(db, { examId: id, userId }))).rejects.toMatchObject(gone)
    expect(await statementsOf(() => start(id))).toHaveLength(2)
  })
})

describe('saving an answer', () => {
  test('keeps the newest sequence; a repeated one is saved, an older one is superseded', async () => {
    const { id } = await start(await exam())
    expect(await answer(id, 2, true)).toMatchObject({ outcome: 'saved', stored: { sequence: 2 } })
    expect(await answer(id, 2, true)).toMatchObject({ outcome: 'saved', stored: { sequence: 2 } })
    expect(await answer(id, 2, false)).toMatchObject({
      outcome: 'superseded',
      stored: { sequence: 2, value: { value: true } },
    })
    expect(await answer(id, 1, false)).toMatchObject({
      outcome: 'superseded',
      stored: { sequence: 2, value: { value: true } },
    })
    expect(await statementsOf(() => answer(id, 3, false))).toHaveLength(1)
  })

  test('is refused after deadline and grace, after submission, and for a question the exam has not', async () => {
    const { id } = await start(await exam())
    expect(await answer(id, 1, true, 'q9')).toEqual({ outcome: 'unknown', stored: null })
    await answer(id, 1, true)
    await age(id, 1800 + GRACE_SECONDS - 5)
    expect(await answer(id, 2, false)).toMatchObject({ outcome: 'saved', stored: { sequence: 2 } })
    await age(id, 1800 + GRACE_SECONDS + 1)
    expect(await answer(id, 3, true)).toMatchObject({
      outcome: 'closed',
      stored: { sequence: 2, value: { value: false } },
    })
    const other = await start(await exam())
    await submit(other.id)
    expect(await answer(other.id, 1, true)).toEqual({ outcome: 'closed', stored: null })
  })

  test('in any order and however often doubled ends at the highest sequence', async () => {
    const examId = await exam()
    const { id } = await start(examId)
    const sends = fc.array(fc.record({ sequence: fc.nat({ max: 8 }), question: fc.nat({ max: 2 }) }), {
      minLength: 1,
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(sends, fc.boolean(), async (list, together) => {
        await owner.query(`DELETE FROM "ExamAnswer" WHERE "attemptId" = $1`, [id])
        const send = (one: (typeof list)[number]) =>
          answer(id, one.sequence, one.sequence % 2 === 0, `q${one.question}`)
        if (together) await Promise.all(list.map(send))
        else for (const one of list) await send(one)
        const newest = new Map<string, number>()
        for (const one of list)
          newest.set(`q${one.question}`, Math.max(one.sequence, newest.get(`q${one.question}`) ?? 0))
        const kept = await owner.query<{ q: string; s: number; v: boolean }>(
          `SELECT "questionId" AS q, sequence AS s, (value->>'value')::boolean AS v FROM "ExamAnswer" WHERE "attemptId" = $1`,
          [id],
        )
        expect(new Map(kept.rows.map((row) => [row.q, row.s]))).toEqual(newest)
        expect(kept.rows.every((row) => row.v === (row.s % 2 === 0))).toBe(true)
      }),
      { numRuns: 25 },
    )
  })
})

describe('submitting', () => {
  test('freezes the answers as the contract has them; repeating it changes nothing', async () => {
    const { id } = await start(await exam())
    await answer(id, 1, true)
    await answer(id, 4, null, 'q1')
    const first = await submit(id)
    expect(first).toMatchObject({ counts: true, answers: 2, already: false })
    expect(await submit(id)).toEqual({ ...first, already: true })
    const row = await owner.query<{ answers: unknown }>(`SELECT answers FROM "ExamAttempt" WHERE id = $1`, [
      id,
    ])
    const answers = attemptAnswersSchema.parse(row.rows[0]?.answers)
    expect(answers).toMatchObject({ version: 1, answers: { q0: { sequence: 1 }, q1: { sequence: 4 } } })
  })

  test('with answers on their way freezes all that were told they are saved', async () => {
    const { id } = await start(await exam())
    const saves = Array.from({ length: 9 }, (_, n) => answer(id, n + 1, true, `q${n % 3}`))
    const [results] = await Promise.all([Promise.all(saves), submit(id)])
    const row = await owner.query<{ answers: unknown }>(`SELECT answers FROM "ExamAttempt" WHERE id = $1`, [
      id,
    ])
    const parsed = attemptAnswersSchema.parse(row.rows[0]?.answers)
    const frozen = 'answers' in parsed ? parsed.answers : {}
    results.forEach((result, n) => {
      if (result.outcome === 'saved') expect(frozen[`q${n % 3}`]?.sequence).toBeGreaterThanOrEqual(n + 1)
    })
    const rows = await owner.query(`SELECT FROM "ExamAnswer" WHERE "attemptId" = $1`, [id])
    expect(rows.rowCount).toBe(Object.keys(frozen).length)
  })

  test('waits for an answer that is being saved, and freezes it', async () => {
    const { id } = await start(await exam())
    await answer(id, 1, true)
    const saving = north(async (db) => {
      const value = { type: 'true-false', value: false } as const
      const saved = await saveAnswer(db, { attemptId: id, userId, questionId: 'q0', sequence: 2, value })
      await pause()
      return saved
    })
    await pause(100)
    await submit(id)
    expect(await saving).toMatchObject({ outcome: 'saved' })
    const row = await owner.query(
      `SELECT answers->'answers'->'q0'->'sequence' AS s FROM "ExamAttempt" WHERE id = $1`,
      [id],
    )
    expect(row.rows).toEqual([{ s: 2 }])
  })

  test('closes the door behind it: an answer that comes while it commits is refused', async () => {
    const { id } = await start(await exam())
    await answer(id, 1, true)
    const submitting = north(async (db) => {
      await submitAttempt(db, { attemptId: id, userId })
      await pause()
    })
    await pause(100)
    expect(await answer(id, 2, false)).toMatchObject({ outcome: 'closed', stored: { sequence: 1 } })
    await submitting
  })

  test('late ends at the deadline and grace; an older attempt then does not count before a newer one', async () => {
    const examId = await exam()
    const first = await start(examId)
    await age(first.id, 7_200)
    const second = await start(examId)
    expect(second.number).toBe(2)
    await submit(second.id)
    const late = await submit(first.id)
    expect(late.counts).toBe(false)
    const row = await owner.query<{ ok: boolean }>(
      `SELECT "submittedAt" = "deadlineAt" + $2::int * interval '1 second' AS ok FROM "ExamAttempt" WHERE id = $1`,
      [first.id, GRACE_SECONDS],
    )
    expect(row.rows[0]?.ok).toBe(true)
    expect((await submit(second.id)).counts).toBe(true)
  })

  test('two attempts at once leaves one that counts, the newer', async () => {
    const examId = await exam()
    const first = await start(examId)
    await age(first.id, 7_200)
    const second = await start(examId)
    await Promise.all([submit(first.id), submit(second.id), submit(second.id)])
    const counting = await owner.query(`SELECT id FROM "ExamAttempt" WHERE "examId" = $1 AND counts`, [
      examId,
    ])
    expect(counting.rows).toEqual([{ id: second.id }])
  })
})

test('the list shows each attempt once in both directions, in one statement', async () => {
  const examId = await exam()
  for (let n = 0; n < 11; n += 1) await start(examId, `ann${n}`)
  await owner.query(`UPDATE "ExamAttempt" SET "startedAt" = '2026-01-01Z' WHERE "examId" = $1`, [examId])
  const list = (cursor: Parameters<typeof listAttempts>[1]['cursor'], limit = 4) =>
    north((db) => listAttempts(db, { examId, userId: null, cursor, limit }))
  const { forwards, backwards } = await walk((cursor) => list(cursor))
  expect(new Set(forwards).size).toBe(11)
  expect(backwards).toEqual(forwards)
  expect(await statementsOf(() => list(null, 1_000))).toHaveLength(1)
  const mine = await north((db) => listAttempts(db, { examId, userId, cursor: null, limit: 5 }))
  expect(mine.rows.map((row) => row.userId)).toEqual([userId])
})

test('neither another school nor another person reaches an attempt', async () => {
  const examId = await exam()
  const { id } = await start(examId)
  await answer(id, 1, true)
  const before = await fingerprint(owner, 'north')
  const save = {
    attemptId: id,
    questionId: 'q0',
    sequence: 9,
    value: { type: 'true-false', value: false },
  } as const
  await expect(south((db) => saveAnswer(db, { ...save, userId }))).rejects.toMatchObject(gone)
  await expect(south((db) => submitAttempt(db, { attemptId: id, userId }))).rejects.toMatchObject(gone)
  await expect(north((db) => saveAnswer(db, { ...save, userId: 'ann1' }))).rejects.toMatchObject(gone)
  await expect(north((db) => submitAttempt(db, { attemptId: id, userId: 'ann1' }))).rejects.toMatchObject(
    gone,
  )
  expect(
    (await south((db) => listAttempts(db, { examId, userId: null, cursor: null, limit: 5 }))).rows,
  ).toEqual([])
  expect(await fingerprint(owner, 'north')).toBe(before)
})
