import type { AnswerValue, Question } from '../contract'
import type { ExamSettings } from '../contract/settings'
import { Points, pointsText } from './decimal'
import { gradeAnswer, totalOf } from './grading'

/** A mark as it stands. Points are decimal text. */
export type StandingMark = Readonly<{
  questionId: string
  points: string | null
  maxPoints: string
  byHand: boolean
}>

export type RegradedMark = Readonly<{
  questionId: string
  from: string | null
  fromMax: string
  to: string | null
  toMax: string
}>

export type Regraded = Readonly<{
  /** Those that change. */
  marks: readonly RegradedMark[]
  score: string | null
  maxScore: string
}>

type Keys = Readonly<{
  /** By the newest version, and which type each question had in the attempt's own. */
  questions: ReadonlyMap<string, Question>
  asked: ReadonlyMap<string, Question['type']>
  settings: Pick<ExamSettings, 'negativePercent' | 'voided'>
}>

const same = (one: string | null, other: string | null): boolean =>
  one === null || other === null ? one === other : new Points(one).eq(other)

function plain(points: string | null): string | null {
  return points === null ? null : pointsText(new Points(points))
}

/**
 * What an attempt's points become by newer keys. Points given by hand stay, and so do those of questions that the newer
 * version no longer has, or has as another type: what was answered then can't be judged by it.
 */
export function regrade(
  marks: readonly StandingMark[],
  answers: ReadonlyMap<string, AnswerValue>,
  { questions, asked, settings }: Keys,
): Regraded {
  const after = marks.map((mark) => {
    const question = questions.get(mark.questionId)
    const standing = { points: plain(mark.points), maxPoints: plain(mark.maxPoints) ?? '0' }
    if (mark.byHand || question === undefined || asked.get(mark.questionId) !== question.type)
      return { mark, ...standing }
    const { points, maxPoints } = gradeAnswer(question, answers.get(mark.questionId) ?? null, settings)
    return { mark, points, maxPoints }
  })
  return {
    marks: after
      .filter(({ mark, points, maxPoints }) => !same(mark.points, points) || !same(mark.maxPoints, maxPoints))
      .map(({ mark, points, maxPoints }) => ({
        questionId: mark.questionId,
        from: plain(mark.points),
        fromMax: plain(mark.maxPoints) ?? '0',
        to: points,
        toMax: maxPoints,
      })),
    ...totalOf(after),
  }
}
