import { beforeAll, expect, test } from 'vitest'
import { closeAttempts, lockDue } from '#lib/db/queries/exam-closing'
import { closeDue, gradeSome } from '#lib/exams/close-due'
import { settleScores } from '#lib/exams/grade-attempts'
import { closeOverdue } from '#lib/exams/close-overdue'
import { saveAnswers } from '#lib/exams/save-answers'
import { testDatabase } from '#tests/support/database'
import {
  answer,
  endIn,
  makeExamWorld,
  makeSitting,
  north,
  pause,
  rowOf,
  start,
  submit,
  truth,
} from './exam-support'
import { statementsOf } from './statements'

const { owner } = await testDatabase({ SMARTLMS_SECRET: 'a secret of at least thirty-two letters' })
const PEOPLE = 3_002
const everybody = { leaveOut: () => false, most: 0 }

let people: string[] = []
beforeAll(async () => {
  people = await makeExamWorld(owner, PEOPLE)
})

async function gradeAll(): Promise<number> {
  let all = 0
  for (;;) {
    const { graded, failed } = await gradeSome('north', everybody)
    expect(failed).toEqual([])
    if (graded === 0) return all
    all += graded
  }
}

/** Attempts of many people that end at one moment, each with its answers, made in sets. */
async function crowd(count: number, seconds: number, questions = 20): Promise<string> {
  const examId = await makeSitting(owner, { questions })
  await owner.query(
    `INSERT INTO "ExamAttempt" (id, "tenantId", "examId", "versionId", "userId", counts, "startedAt", "deadlineAt")
     SELECT $1 || u, 'north', $1, $1 || 'v1', u, false, now() - interval '1 hour', now() + $3::float8 * interval '1 second'
     FROM unnest($2::text[]) u`,
    [examId, people.slice(0, count), seconds],
  )
  await owner.query(
    `INSERT INTO "ExamAnswer" ("tenantId", "attemptId", "questionId", sequence, value)
     SELECT 'north', $1 || u, 'q' || n, 1, '{"type": "true-false", "value": true}'
     FROM unnest($2::text[]) u, generate_series(0, $3::int - 1) n`,
    [examId, people.slice(0, count), questions],
  )
  return examId
}

test('three thousand attempts of one moment are ended within five seconds of it, and then graded', async () => {
  const examId = await crowd(3_000, 0)
  await pause(3_000)
  const began = performance.now()
  // Two workers at once share the work.
  const closed = await Promise.all([closeDue('north'), closeDue('north')])
  const took = performance.now() - began
  expect(closed[0] + closed[1]).toBe(3_000)
  const graded = performance.now()
  expect(await gradeAll()).toBe(3_000)
  const { rows } = await owner.query(
    `SELECT count(*)::int AS count FROM "ExamAttempt" WHERE "examId" = $1 AND "endedBy" = 'DEADLINE'
      AND "submittedAt" = "deadlineAt" AND counts AND score = 10 AND "maxScore" = 20
      AND (SELECT count(*) FROM jsonb_object_keys(answers->'answers')) = 20`,
    [examId],
  )
  expect(rows).toEqual([{ count: 3_000 }])
  process.stdout.write(
    `ended 3,000 in ${took.toFixed(0)} ms, graded in ${(performance.now() - graded).toFixed(0)} ms\n`,
  )
  expect(took).toBeLessThan(5_000)
}, 60_000)

test('what isn’t due stays, and grading twice changes nothing', async () => {
  const examId = await makeSitting(owner)
  const { attemptId } = await start(examId)
  await endIn(owner, attemptId, -2)
  expect(await closeDue('north')).toBe(0)
  await endIn(owner, attemptId, -3.01)
  expect(await closeDue('north')).toBe(1)
  expect(await gradeAll()).toBe(1)
  const before = await rowOf(owner, attemptId)
  expect(await gradeAll()).toBe(0)
  expect(await rowOf(owner, attemptId)).toEqual(before)
})

test('an answer that was on its way when the attempt was ended is in it', async () => {
  const examId = await makeSitting(owner)
  const seat = { examId, attemptId: (await start(examId)).attemptId }
  await answer(seat, 1, true)
  await endIn(owner, seat.attemptId, -1)
  const saving = north(async (db) => {
    const saved = await saveAnswers(db, 'ann0', { ...seat, answers: [truth('q0', 2, false)], events: [] })
    await pause(4_000)
    return saved
  })
  await pause(3_000)
  // Held by the answer, it is left for the next look.
  expect(await closeDue('north')).toBe(0)
  expect((await saving).answers).toMatchObject([{ outcome: 'saved' }])
  expect(await closeDue('north')).toBe(1)
  expect((await rowOf(owner, seat.attemptId)).answers['q0']?.sequence).toBe(2)
})

test('ending at the deadline and handing in at the same time is one end', async () => {
  for (let round = 0; round < 5; round += 1) {
    const examId = await makeSitting(owner)
    const seat = { examId, attemptId: (await start(examId)).attemptId }
    await endIn(owner, seat.attemptId, -3.01)
    const results = await Promise.all([
      submit(seat),
      closeDue('north'),
      submit(seat),
      north((db) => closeOverdue(db, { userId: 'ann0', examId })),
      gradeAll(),
    ])
    await gradeAll()
    expect(results[0].submittedAt).toBe(results[2].submittedAt)
    const { rows } = await owner.query(
      `SELECT count(*)::int AS count FROM "ExamMark" WHERE "attemptId" = $1`,
      [seat.attemptId],
    )
    expect(rows).toEqual([{ count: 3 }])
    expect(await rowOf(owner, seat.attemptId)).toMatchObject({
      endedBy: 'DEADLINE',
      maxScore: '3',
      counts: true,
    })
  }
})

test('an attempt that can’t be graded keeps nobody else’s back', async () => {
  const examId = await crowd(3, -10)
  await owner.query(`UPDATE "ExamAttempt" SET layout = '{"version": 99}' WHERE id = $1 || 'ann1'`, [examId])
  expect(await closeDue('north')).toBe(3)
  const { graded, failed } = await gradeSome('north', everybody)
  expect(graded).toBe(2)
  expect(failed).toMatchObject([{ sitter: { userId: 'ann1' } }])
  const leaveOut = ({ userId }: { userId: string }) => userId === 'ann1'
  expect(await gradeSome('north', { leaveOut, most: 1 })).toEqual({ graded: 0, failed: [] })
  await owner.query(`UPDATE "ExamAttempt" SET layout = '{}' WHERE id = $1 || 'ann1'`, [examId])
  expect(await gradeAll()).toBe(1)
})

test('looking for a person’s overdue attempts costs one statement when there is none', async () => {
  const look = () => north((db) => closeOverdue(db, { userId: 'ann5', examId: null }))
  await look()
  expect(await statementsOf(look)).toHaveLength(1)
  // What is locked by one process is left by another.
  const examId = await crowd(1, -10)
  await north(async (db) => {
    expect(await lockDue(db, 10)).toEqual([`${examId}ann0`])
    expect(await closeAttempts(db, [`${examId}ann0`], 'LEARNER')).toBe(1)
  })
  expect(await rowOf(owner, `${examId}ann0`)).toMatchObject({ endedBy: 'DEADLINE' })
})

test('points given by a person decide anew which attempt counts, and what was earned', async () => {
  const examId = await makeSitting(owner, { settings: { counting: 'best' } })
  const ids: string[] = []
  for (const value of [true, false]) {
    const { attemptId } = await start(examId, 'ann9')
    await submit({ examId, attemptId }, [truth('q0', 1, value)], 'ann9')
    ids.push(attemptId)
  }
  const [first = '', second = ''] = ids
  expect(await rowOf(owner, first)).toMatchObject({ counts: true, score: '1' })
  await north(async (db) => {
    await owner.query(`UPDATE "ExamAttempt" SET score = 3 WHERE id = $1`, [second])
    const sitters = [{ examId, userId: 'ann9' }]
    await settleScores(db, { sitters, graded: [second], now: new Date() })
  })
  expect(await rowOf(owner, first)).toMatchObject({ counts: false })
  expect(await rowOf(owner, second)).toMatchObject({ counts: true })
  const badges = await owner.query(`SELECT type FROM "Badge" WHERE "userId" = 'ann9'`)
  expect(badges.rows).toEqual([{ type: 'PERFECT_SCORE' }])
})
