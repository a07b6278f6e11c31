import type { ExamSettings } from '../contract/settings'

type Moments = Readonly<{
  submittedAt: Date | string | null
  /** When the last question got its points. */
  gradedAt: Date | string | null
  /** `Exam.releasedAt` */
  releasedAt: Date | string | null
  /** The exam is over for everybody, accommodations included, and no attempt runs. */
  closedForAll: boolean
}>

/** What a learner may see of their attempt, and why not more. `not-graded`: all but the score, which isn't there yet. */
export type Review = Readonly<{
  score: boolean
  answers: boolean
  key: boolean
  reason: 'open' | 'not-submitted' | 'after-close' | 'after-release' | 'never' | 'not-graded'
}>

const NOTHING = { score: false, answers: false, key: false } as const

/** Whether a learner may see their result, by the settings of the exam's newest version. */
export function mayReview({ review }: Pick<ExamSettings, 'review'>, moments: Moments): Review {
  const { when, score, answers, key } = review
  if (moments.submittedAt === null) return { ...NOTHING, reason: 'not-submitted' }
  if (when === 'never' || !(score || answers || key)) return { ...NOTHING, reason: 'never' }
  if (when === 'after-close' && !moments.closedForAll) return { ...NOTHING, reason: 'after-close' }
  if (when === 'after-release' && moments.releasedAt === null) return { ...NOTHING, reason: 'after-release' }
  if (moments.gradedAt === null && score) return { score: false, answers, key, reason: 'not-graded' }
  return { score, answers, key, reason: 'open' }
}
