import 'server-only'
import { awardFor } from '#lib/awards/award-for'
import {
  countingOf,
  enterMarks,
  lockSat,
  type NewMark,
  type NewScore,
  type SatAttempt,
  setCounting,
  type Sitter,
} from '#lib/db/queries/exam-marking'
import type { TenantDb } from '#lib/db/tenant'
import { attemptAnswersSchema } from './contract'
import { attemptLayoutSchema } from './contract/taking'
import { whichCounts } from './rules/counting'
import { gradeAnswer, totalOf } from './rules/grading'
import { questionsOf } from './rules/layout'
import { versionOf } from './versions'

/** Points of one attempt by its own version's keys. What a person has to read waits. */
async function marksOf(
  db: TenantDb,
  attempt: SatAttempt,
): Promise<Readonly<{ score: NewScore; marks: NewMark[] }>> {
  const { id: attemptId, versionId } = attempt
  const { questions, settings } = await versionOf(db, versionId)
  const frozen = attemptAnswersSchema.parse(attempt.answers)
  const answers = 'answers' in frozen ? frozen.answers : {}
  const marks = questionsOf(questions, attemptLayoutSchema.parse(attempt.layout)).map((question) => {
    const own = Object.hasOwn(answers, question.id) ? (answers[question.id]?.value ?? null) : null
    const { points, maxPoints } = gradeAnswer(question, own, settings)
    return { attemptId, questionId: question.id, points, maxPoints }
  })
  return { score: { attemptId, versionId, ...totalOf(marks) }, marks }
}

/** Decides anew which attempt of each person gives their grade. Their attempts have to be locked. */
async function settleCounting(db: TenantDb, sat: readonly SatAttempt[]): Promise<void> {
  const counting = await countingOf(db, [...new Set(sat.map(({ examId }) => examId))])
  const people = Map.groupBy(sat, ({ examId, userId }) => `${examId}/${userId}`)
  const chosen = new Set<string>()
  for (const [first, ...rest] of people.values()) {
    if (first === undefined) continue
    const id = whichCounts([first, ...rest], counting.get(first.examId) ?? 'best')
    if (id !== null) chosen.add(id)
  }
  await setCounting(db, {
    counting: sat.filter(({ id, counts }) => chosen.has(id) && !counts).map(({ id }) => id),
    others: sat.filter(({ id, counts }) => !chosen.has(id) && counts).map(({ id }) => id),
  })
}

/** The badge of an exam with all of its points, for those who got them. */
async function awardScores(db: TenantDb, sat: readonly SatAttempt[], now: Date): Promise<void> {
  for (const { userId, locale, score, maxScore } of sat) {
    if (score === null || maxScore === null) continue
    const event = { kind: 'exam-scored', points: Number(score), most: Number(maxScore) } as const
    await awardFor(db, { userId, events: [event], locale, courseTitle: null, now })
  }
}

/**
 * What follows when scores of these people's attempts have changed: which attempt counts, and what was earned. For
 * whoever graded, in the same transaction; `graded`: the attempts whose score is new.
 */
export async function settleScores(
  db: TenantDb,
  input: Readonly<{ sitters: readonly Sitter[]; graded: readonly string[]; now: Date }>,
): Promise<void> {
  const sat = await lockSat(db, input.sitters)
  const graded = new Set(input.graded)
  await settleCounting(db, sat)
  const fresh = sat.filter(({ id }) => graded.has(id))
  await awardScores(db, fresh, input.now)
}

/**
 * Grades by machine what these people have handed in and what has no points yet; asked again it changes nothing.
 * @returns how many attempts got their points
 */
export async function gradeAttempts(db: TenantDb, sitters: readonly Sitter[], now: Date): Promise<number> {
  const sat = await lockSat(db, sitters)
  const due = sat.filter(({ submittedAt, maxScore }) => submittedAt !== null && maxScore === null)
  if (due.length === 0) return 0
  const scores: NewScore[] = []
  const marks: NewMark[] = []
  for (const attempt of due) {
    const graded = await marksOf(db, attempt)
    scores.push(graded.score)
    marks.push(...graded.marks)
  }
  await enterMarks(db, scores, marks)
  const scored = new Map(scores.map((score) => [score.attemptId, score]))
  const after = sat.map((attempt) => ({ ...attempt, ...pick(scored.get(attempt.id)) }))
  await settleCounting(db, after)
  await awardScores(
    db,
    after.filter(({ id }) => scored.has(id)),
    now,
  )
  return due.length
}

function pick(score: NewScore | undefined): Pick<NewScore, 'score' | 'maxScore'> | null {
  return score === undefined ? null : { score: score.score, maxScore: score.maxScore }
}
