import type Big from 'big.js'
import type { AnswerValue, Question } from '../contract'
import type { ExamSettings } from '../contract/settings'
import { saysSomething } from './answered'
import { Points, pointsText, sumOf } from './decimal'
import { shareOf } from './shares'

/**
 * What an answer is worth. Points are decimal text of up to 4 places (`2`, `0.3333`, `-0.25`), rounded half up.
 *
 * - `right`: all points that could be had, `partly`: some share of them, `wrong`: none, or less than none;
 * - `unanswered`: nothing was said, so nothing is earned and nothing taken off;
 * - `waits`: a person has to read it; `points` is null.
 */
export type Grade = Readonly<{
  outcome: 'right' | 'partly' | 'wrong' | 'unanswered' | 'waits'
  points: string | null
  maxPoints: string
}>

type Rules = Pick<ExamSettings, 'negativePercent' | 'voided'>

const COSTS = new Set<Question['type']>(['single', 'multiple', 'true-false'])

function graded(question: Question, answer: AnswerValue, negativePercent: number): Grade {
  const max = new Points(question.points)
  const grade = (outcome: Grade['outcome'], points: Big | null): Grade => ({
    outcome,
    points: points === null ? null : pointsText(points),
    maxPoints: pointsText(max),
  })
  const share = shareOf(question, answer)
  if (share === null) return grade('waits', null)
  if (share.earned === share.of) return grade('right', max)
  if (share.earned > 0) return grade('partly', max.times(share.earned).div(share.of))
  const cost = COSTS.has(question.type) ? negativePercent : 0
  return grade('wrong', max.times(-cost).div(100))
}

/**
 * The grade of one answer by a question's key. Never throws: a pattern that can't be read takes nothing, and an answer
 * of another type than the question's (it was changed since) counts as none.
 *
 * A question that was taken out of the grade is `right` whatever was answered: with all its points when it is voided
 * `full`, with 0 of 0 when it is `excluded`.
 */
export function gradeAnswer(question: Question, answer: AnswerValue | null, settings: Rules): Grade {
  const maxPoints = pointsText(new Points(question.points))
  const voided = Object.hasOwn(settings.voided, question.id) ? settings.voided[question.id] : undefined
  if (voided === 'full') return { outcome: 'right', points: maxPoints, maxPoints }
  if (voided === 'excluded') return { outcome: 'right', points: '0', maxPoints: '0' }
  if (answer?.type !== question.type || !saysSomething(answer)) {
    return { outcome: 'unanswered', points: '0', maxPoints }
  }
  return graded(question, answer, settings.negativePercent)
}

/**
 * The grade of a whole attempt from those of its questions, by machine or by hand. `score` is null while one waits;
 * what wrong choices cost can't take it below 0.
 */
export function totalOf(
  grades: readonly Pick<Grade, 'points' | 'maxPoints'>[],
): Readonly<{ score: string | null; maxScore: string }> {
  const points = grades.flatMap((grade) => grade.points ?? [])
  const sum = sumOf(points)
  return {
    score: points.length < grades.length ? null : pointsText(sum.lt(0) ? new Points(0) : sum),
    maxScore: pointsText(sumOf(grades.map(({ maxPoints }) => maxPoints))),
  }
}
