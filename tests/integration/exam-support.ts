import type { Pool } from 'pg'
import { expect } from 'vitest'
import { withTenant } from '#lib/db/tenant'
import { type AnswerValue, attemptAnswersSchema } from '#lib/exams/contract'
import type { SentAnswer, SentEvent, Started, StartRefusal, Submitted } from '#lib/exams/contract/taking'
import { saveAnswers } from '#lib/exams/save-answers'
import { startAttempt } from '#lib/exams/start-attempt'
import { submitAttempt } from '#lib/exams/submit-attempt'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '#tests/support/factories'

/** Sitting exams at the school `north`, course `maths`, by `ann0` … who are all enrolled but the last. */

export const north = <T>(query: Parameters<typeof withTenant<T>>[1]): Promise<T> => withTenant('north', query)
export const south = <T>(query: Parameters<typeof withTenant<T>>[1]): Promise<T> => withTenant('south', query)
export const gone = { code: 'not_found' }

const client = { ip: '', requestId: null }

export async function makeExamWorld(owner: Pool, people = 12): Promise<string[]> {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  const learners = await makePeople(owner, 'north', 'ann', { count: people })
  await makeCourse(owner, 'north', 'maths', { instructorId: 'tea0' })
  await makeEnrollments(owner, 'north', 'maths', learners.slice(0, -1))
  return learners
}

let exams = 0

type Shape = Readonly<{
  /** Relative to now, such as `-2 hours`. */
  start?: string
  end?: string
  code?: string
  questions?: number
  duration?: number
  published?: boolean
  settings?: Readonly<Record<string, unknown>>
}>

/** An exam of its own for a test: questions q0 to q2, half an hour, as often as one likes. */
export async function makeSitting(owner: Pool, shape: Shape = {}): Promise<string> {
  exams += 1
  const { start = null, end = null, code = null, settings = {}, ...rest } = shape
  const id = await makeExam(owner, 'north', `exam${exams}x`, {
    ...{ courseId: 'maths', settings: { attempts: null, counting: 'newest', ...settings } },
    ...rest,
  })
  await owner.query(
    `UPDATE "Exam" SET "startDate" = now() + $2::interval, "endDate" = now() + $3::interval, "accessCode" = $4 WHERE id = $1`,
    [id, start, end, code],
  )
  return id
}

/** What a start gives; a refusal is a failure. */
export async function start(
  examId: string,
  userId = 'ann0',
  accessCode: string | null = null,
): Promise<Started> {
  const result = await north((db) => startAttempt(db, { examId, userId, accessCode, client }))
  if ('refused' in result) throw new Error(`Refused: ${result.refused}`)
  return result.started
}

/** Why a start is refused. */
export async function refusal(
  examId: string,
  userId = 'ann0',
  accessCode: string | null = null,
): Promise<StartRefusal | null> {
  const result = await north((db) => startAttempt(db, { examId, userId, accessCode, client }))
  return 'refused' in result ? result.refused : null
}

export type Seat = Readonly<{ examId: string; attemptId: string }>

export const truth = (questionId: string, sequence: number, value: boolean | null): SentAnswer => ({
  ...{ questionId, sequence, value: { type: 'true-false', value } },
})

export const save = (
  seat: Seat,
  answers: readonly SentAnswer[],
  { userId = 'ann0', events = [] }: Readonly<{ userId?: string; events?: readonly SentEvent[] }> = {},
) => north((db) => saveAnswers(db, userId, { ...seat, answers: [...answers], events: [...events] }))

export const submit = (
  seat: Seat,
  answers: readonly SentAnswer[] = [],
  userId = 'ann0',
): Promise<Submitted> =>
  north((db) =>
    submitAttempt(db, {
      userId,
      request: { ...seat, answers: [...answers], events: [] },
      record: () => Promise.resolve(),
    }),
  )

/** Saves one truth and gives its outcome. */
export async function answer(seat: Seat, sequence: number, value: boolean | null, questionId = 'q0') {
  const { answers } = await save(seat, [truth(questionId, sequence, value)])
  const [first] = answers
  if (first === undefined) throw new Error('An answer has no outcome.')
  return first
}

/** Lets an attempt end so many seconds from now (negative: ago), having begun an hour before that. */
export async function endIn(owner: Pool, attemptId: string, seconds: number): Promise<void> {
  await owner.query(
    `UPDATE "ExamAttempt" SET "startedAt" = now() + ($2::float8 - 3600) * interval '1 second',
      "deadlineAt" = now() + $2::float8 * interval '1 second' WHERE id = $1`,
    [attemptId, seconds],
  )
}

type Row = {
  answers: Readonly<Record<string, { value: AnswerValue; sequence: number; savedAt: string }>>
  submittedAt: Date | null
  deadlineAt: Date
  endedBy: string | null
  score: string | null
  maxScore: string | null
  counts: boolean
}

/** An attempt as it stands, its frozen answers parsed. */
export async function rowOf(owner: Pool, attemptId: string): Promise<Row> {
  const { rows } = await owner.query<Omit<Row, 'answers'> & { answers: unknown }>(
    `SELECT answers, "submittedAt", "deadlineAt", "endedBy", score::float8::text AS score, "maxScore"::float8::text AS "maxScore", counts
     FROM "ExamAttempt" WHERE id = $1`,
    [attemptId],
  )
  const [row] = rows
  if (row === undefined) throw new Error('There is no such attempt.')
  const frozen = attemptAnswersSchema.parse(row.answers)
  return { ...row, answers: 'answers' in frozen ? frozen.answers : {} }
}

export const pause = (milliseconds = 400) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Names of Question keys: none of them may ever stand in what a learner gets. */
export function expectNoKeys(value: unknown): void {
  const text = JSON.stringify(value)
  for (const key of ['"correct"', '"accept":[{', '"pairs"', '"explanation"', '"bankId"', 'tolerance'])
    expect(text).not.toContain(key)
}
