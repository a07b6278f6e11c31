import 'server-only'
import { awardFor } from '#lib/awards/award-for'
import {
  enterMarks,
  type ExamRules,
  lockSat,
  type NewMark,
  type NewScore,
  perfectUnrewarded,
  rulesOf,
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
import { mayReview } from './rules/review'
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
async function settleCounting(
  db: TenantDb,
  sat: readonly SatAttempt[],
  rules: ReadonlyMap<string, ExamRules>,
): Promise<void> {
  const people = Map.groupBy(sat, ({ examId, userId }) => `${examId}/${userId}`)
  const chosen = new Set<string>()
  for (const [first, ...rest] of people.values()) {
    if (first === undefined) continue
    const id = whichCounts([first, ...rest], rules.get(first.examId)?.settings.counting ?? 'best')
    if (id !== null) chosen.add(id)
  }
  await setCounting(db, {
    counting: sat.filter(({ id, counts }) => chosen.has(id) && !counts).map(({ id }) => id),
    others: sat.filter(({ id, counts }) => !chosen.has(id) && counts).map(({ id }) => id),
  })
}

type Scored = Readonly<{ userId: string; score: string | null; maxScore: string | null }>

/** The badge of an exam with all of its points, for those who got them and may know. */
async function awardScores(db: TenantDb, scored: readonly Scored[], now: Date): Promise<void> {
  for (const { userId, score, maxScore } of scored) {
    if (score === null || maxScore === null) continue
    const event = { kind: 'exam-scored', points: Number(score), most: Number(maxScore) } as const
    await awardFor(db, { userId, events: [event], now })
  }
}

/** Of the attempts that were graded now: those whose score their learner sees at once. The badge would tell the others. */
function seenAtOnce(
  sat: readonly SatAttempt[],
  rules: ReadonlyMap<string, ExamRules>,
  gradedAt: Date,
): SatAttempt[] {
  return sat.filter(({ examId, submittedAt }) => {
    const rule = rules.get(examId)
    if (rule === undefined) return false
    const { settings, releasedAt } = rule
    return mayReview(settings, { submittedAt, gradedAt, releasedAt, closedForAll: false }).score
  })
}

/**
 * Gives the badge of a perfect score to those who may see theirs by now and couldn't when it was graded.
 * @param examId null: of all exams of the school @returns how many there were
 */
export async function awardSeen(db: TenantDb, examId: string | null, now: Date): Promise<number> {
  const perfect = await perfectUnrewarded(db, examId)
  await awardScores(db, perfect, now)
  return perfect.length
}

async function rulesFor(db: TenantDb, sat: readonly SatAttempt[]): Promise<ReadonlyMap<string, ExamRules>> {
  return rulesOf(db, [...new Set(sat.map(({ examId }) => examId))])
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
  const rules = await rulesFor(db, sat)
  await settleCounting(db, sat, rules)
  const fresh = sat.filter(({ id }) => graded.has(id))
  await awardScores(db, seenAtOnce(fresh, rules, input.now), input.now)
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
  const rules = await rulesFor(db, after)
  await settleCounting(db, after, rules)
  const fresh = after.filter(({ id }) => scored.has(id))
  await awardScores(db, seenAtOnce(fresh, rules, now), now)
  return due.length
}

function pick(score: NewScore | undefined): Pick<NewScore, 'score' | 'maxScore'> | null {
  return score === undefined ? null : { score: score.score, maxScore: score.maxScore }
}
