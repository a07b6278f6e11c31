import { beforeAll, describe, expect, test } from 'vitest'
import { listAttempts } from '#lib/db/queries/attempts'
import { giveAccommodation } from '#lib/exams/accommodate'
import { accommodationForm } from '#lib/exams/contract/authoring'
import { startAttempt } from '#lib/exams/start-attempt'
import { testDatabase } from '#tests/support/database'
import { makeExam } from '#tests/support/factories'
import {
  answer,
  endIn,
  expectNoKeys,
  gone,
  makeExamWorld,
  makeSitting,
  north,
  pause,
  refusal,
  rowOf,
  south,
  start,
  submit,
} from './exam-support'
import { place } from './grading-support'
import { statementsOf } from './statements'
import { walk } from './walk'

const { owner } = await testDatabase({ SMARTLMS_SECRET: 'exams'.repeat(8) })
const exam = (shape: Parameters<typeof makeSitting>[1] = {}) => makeSitting(owner, shape)
const minutes = ({ clock }: Awaited<ReturnType<typeof start>>) =>
  (Date.parse(clock.deadlineAt) - Date.parse(clock.startedAt)) / 60_000

async function accommodate(row: Readonly<Record<string, unknown>>): Promise<void> {
  const { examId = null, userId = 'ann0', percent = 0, attempts = 0, from = null, until = null } = row
  await owner.query(
    `INSERT INTO "ExamAccommodation" ("tenantId", "courseId", "examId", "userId", "extraTimePercent", "extraAttempts", "startDate", "endDate")
     VALUES ('north', 'maths', $1, $2, $3, $4, now() + $5::interval, now() + $6::interval)`,
    [examId, userId, percent, attempts, from, until],
  )
}

beforeAll(async () => {
  await makeExamWorld(owner)
})

describe('starting', () => {
  test('fixes the deadline by the database’s clock, and not later than the exam’s end', async () => {
    expect(minutes(await start(await exam()))).toBe(30)
    const examId = await exam({ end: '10 minutes' })
    const capped = await start(examId)
    const end = await owner.query<{ endDate: Date }>(`SELECT "endDate" FROM "Exam" WHERE id = $1`, [examId])
    expect(new Date(capped.clock.deadlineAt)).toEqual(end.rows[0]?.endDate)
  })

  test('says why it can’t be done: too early, too late, no attempts left', async () => {
    expect(await refusal(await exam({ start: '1 minute' }))).toBe('not-open-yet')
    expect(await refusal(await exam({ start: '-2 hours', end: '-1 second' }))).toBe('closed')
    const once = await exam({ settings: { attempts: 1 } })
    const { attemptId } = await start(once)
    await submit({ examId: once, attemptId })
    expect(await refusal(once)).toBe('no-attempts-left')
  })

  test('shows no exam that isn’t published, is deleted, or belongs to a draft', async () => {
    const draft = await makeExam(owner, 'north', 'draftx', { courseId: 'maths', published: false })
    await expect(start(draft)).rejects.toMatchObject(gone)
    const hidden = await exam()
    await owner.query(`UPDATE "Exam" SET "publishedAt" = NULL WHERE id = $1`, [hidden])
    await expect(start(hidden)).rejects.toMatchObject(gone)
    const deleted = await exam()
    await owner.query(`UPDATE "Exam" SET "deletedAt" = now() WHERE id = $1`, [deleted])
    await expect(start(deleted)).rejects.toMatchObject(gone)
    const open = await exam()
    await owner.query(`UPDATE "Course" SET status = 'DRAFT' WHERE id = 'maths'`)
    await expect(start(open)).rejects.toMatchObject(gone)
    await owner.query(`UPDATE "Course" SET status = 'PUBLISHED' WHERE id = 'maths'`)
  })

  test('ten times at once is one attempt', async () => {
    const id = await exam({ settings: { attempts: 1 } })
    const started = await Promise.all(Array.from({ length: 10 }, () => start(id)))
    expect(new Set(started.map((attempt) => attempt.attemptId)).size).toBe(1)
    expect(started.filter((attempt) => !attempt.resumed)).toHaveLength(1)
  })

  test('again and again numbers the attempts 1, 2, 3 without a gap, in a race too', async () => {
    const id = await exam()
    for (let round = 0; round < 4; round += 1) {
      const [attempt] = await Promise.all([start(id), start(id), start(id)])
      await submit({ examId: id, attemptId: attempt.attemptId })
    }
    const numbers = await owner.query(
      `SELECT number, counts FROM "ExamAttempt" WHERE "examId" = $1 ORDER BY number`,
      [id],
    )
    expect(numbers.rows).toEqual([1, 2, 3, 4].map((number) => ({ number, counts: number === 4 })))
  })

  test('again gives the attempt that runs: the same questions in the same order, and the answers', async () => {
    const examId = await exam({ questions: 40, settings: { shuffleQuestions: true } })
    const first = await start(examId)
    await answer({ examId, attemptId: first.attemptId }, 3, true, 'q7')
    const again = await start(examId)
    expect(again).toMatchObject({ attemptId: first.attemptId, resumed: true, number: 1 })
    expect(again.questions).toEqual(first.questions)
    expect(again.clock.deadlineAt).toBe(first.clock.deadlineAt)
    expect(again.answers).toEqual([
      { questionId: 'q7', sequence: 3, value: { type: 'true-false', value: true } },
    ])
    expectNoKeys([first, again])
  })

  test('again stays at the version that it began with, and a new attempt takes the newest', async () => {
    const examId = await exam()
    const first = await start(examId)
    await owner.query(
      `INSERT INTO "ExamVersion" (id, "tenantId", "examId", number, duration, questions, settings)
       SELECT $1 || 'v2', "tenantId", "examId", 2, 60, questions - 0, settings FROM "ExamVersion" WHERE id = $1 || 'v1'`,
      [examId],
    )
    expect((await start(examId)).questions).toHaveLength(3)
    await submit({ examId, attemptId: first.attemptId })
    const second = await start(examId)
    expect(second.questions).toHaveLength(2)
    expect(minutes(second)).toBe(60)
  })

  test('after the time of the last one ends that first', async () => {
    const examId = await exam()
    const first = await start(examId)
    await endIn(owner, first.attemptId, -4)
    const second = await start(examId)
    expect(second).toMatchObject({ number: 2, resumed: false })
    expect(await rowOf(owner, first.attemptId)).toMatchObject({ endedBy: 'DEADLINE', maxScore: '3' })
  })

  test('is for those enrolled in this school, and costs at most four statements', async () => {
    const id = await exam()
    await expect(start(id, 'ann11')).rejects.toMatchObject(gone)
    const foreign = { examId: id, userId: 'ann0', accessCode: null, client: { ip: '', requestId: null } }
    await expect(south((db) => startAttempt(db, foreign))).rejects.toMatchObject(gone)
    expect(await statementsOf(() => start(id, 'ann1'))).toHaveLength(3)
    expect(await statementsOf(() => start(id, 'ann2'))).toHaveLength(3)
    expect(await statementsOf(() => start(id, 'ann2'))).toHaveLength(2)
    const coded = await exam({ code: 'owls' })
    expect((await statementsOf(() => start(coded, 'ann1', 'owls'))).length).toBeLessThanOrEqual(5)
  })

  test('is in the log, once', async () => {
    const id = await exam()
    const { attemptId } = await start(id)
    await start(id)
    const log = await owner.query(`SELECT action, "actorId" FROM "AuditLog" WHERE "targetId" = $1`, [
      attemptId,
    ])
    expect(log.rows).toEqual([{ action: 'exam.start', actorId: 'ann0' }])
  })
})

describe('an access code', () => {
  test('is asked for before an attempt is made, whatever its capitals, and not to go on with one', async () => {
    const id = await exam({ code: 'Three Owls' })
    expect(await refusal(id)).toBe('code-needed')
    expect(await refusal(id, 'ann0', 'two owls')).toBe('wrong-code')
    expect(await start(id, 'ann0', ' three owls ')).toMatchObject({ resumed: false })
    expect(await start(id)).toMatchObject({ resumed: true })
  })

  test('that is guessed makes the next guess wait, many at once too, and nobody else', async () => {
    const id = await exam({ code: 'Three Owls' })
    const guesses: (string | null)[] = []
    for (let round = 0; round < 4; round += 1) {
      const some = Array.from({ length: 6 }, (_, n) => refusal(id, 'ann3', `guess ${round}.${n}`))
      guesses.push(...(await Promise.all(some)))
    }
    // Ten cost nothing, and one more shows that they are used up.
    expect(guesses.filter((one) => one === 'wrong-code').length).toBeLessThanOrEqual(12)
    expect(await refusal(id, 'ann3', 'three owls')).toBe('too-often')
    expect(await refusal(id, 'ann4', 'three owls')).toBeNull()
  })
})

describe('what somebody has beyond others', () => {
  test('adds up: time of the course and of the exam, attempts, a later window', async () => {
    const examId = await exam({ end: '-1 minute', settings: { attempts: 1 } })
    expect(await refusal(examId, 'ann5')).toBe('closed')
    await accommodate({ userId: 'ann5', percent: 25 })
    await accommodate({ examId, userId: 'ann5', percent: 25, attempts: 1, until: '3 hours' })
    const first = await start(examId, 'ann5')
    expect(minutes(first)).toBe(45)
    await submit({ examId, attemptId: first.attemptId }, [], 'ann5')
    expect(await start(examId, 'ann5')).toMatchObject({ number: 2 })
    expect(await refusal(examId, 'ann6')).toBe('closed')
  })

  test('lengthens an attempt that runs, and never shortens one', async () => {
    const examId = await exam()
    const { attemptId, clock } = await start(examId, 'ann7')
    const give = async (extraTimePercent: number) => {
      const form = accommodationForm.parse({
        ...{ courseId: 'maths', examId, userId: 'ann7', scope: 'course', extraAttempts: '0', note: '' },
        ...{ extraTimePercent: String(extraTimePercent), startDate: '', endDate: '' },
      })
      const { lengthened } = await north((db) =>
        giveAccommodation(db, { ...place, examId, locale: 'en', form }),
      )
      return lengthened.map((one) => one.examId)
    }
    expect(await give(50)).toEqual([examId])
    const later = await rowOf(owner, attemptId)
    expect(later.deadlineAt.getTime() - Date.parse(clock.deadlineAt)).toBe(15 * 60_000)
    expect(await give(20)).toEqual([])
    expect((await rowOf(owner, attemptId)).deadlineAt).toEqual(later.deadlineAt)
    await endIn(owner, attemptId, -4)
    expect(await give(500)).toEqual([])
  })

  test('at the moment in which more time is given has that time, whichever of the two is first', async () => {
    const examId = await exam()
    const form = accommodationForm.parse({
      ...{ courseId: 'maths', examId, userId: 'ann8', scope: 'exam', extraAttempts: '0', note: '' },
      ...{ extraTimePercent: '100', startDate: '', endDate: '' },
    })
    const giving = north(async (db) => {
      await giveAccommodation(db, { ...place, examId, locale: 'en', form })
      await pause(500)
    })
    await pause(200)
    const started = await start(examId, 'ann8')
    await giving
    expect(minutes(started)).toBe(60)
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
  const mine = await north((db) => listAttempts(db, { examId, userId: 'ann0', cursor: null, limit: 5 }))
  expect(mine.rows.map((row) => row.userId)).toEqual(['ann0'])
})
