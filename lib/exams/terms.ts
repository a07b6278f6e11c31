import 'server-only'
import type { ExamTermsRow, OwnAttemptRow } from '#lib/db/queries/exam-view'
import { type ExamSettings, examSettingsSchema } from './contract/settings'
import type { OwnAttempt } from './contract/learner'
import { type Allowance, allowanceOf } from './rules/allowance'
import { Points, pointsText } from './rules/decimal'
import { passed } from './rules/passed'
import { mayReview, type Review } from './rules/review'

export type Terms = Readonly<{ settings: ExamSettings; allowance: Allowance }>

/** An exam's settings, and what they are for one person. */
export function termsOf(row: ExamTermsRow): Terms {
  const settings = examSettingsSchema.parse(row.settings)
  const date = (text: string | null): Date | null => (text === null ? null : new Date(text))
  const { startDate, endDate, duration } = row
  const allowance = allowanceOf(
    { startDate, endDate, duration, attempts: settings.attempts },
    row.accommodations.map((one) => ({ ...one, startDate: date(one.startDate), endDate: date(one.endDate) })),
  )
  return { settings, allowance }
}

type Weight = Readonly<{ id: string; points: number }>

/** How many questions an attempt has, and between which sums their points lie: pools draw among unequal ones. */
export function extentOf(
  weights: readonly Weight[],
  { pools }: Pick<ExamSettings, 'pools'>,
): Readonly<{ count: number; drawn: boolean; least: string; most: string }> {
  const pooled = new Set(pools.flatMap(({ questionIds }) => questionIds))
  const always = weights.filter(({ id }) => !pooled.has(id))
  const draws = pools.map(({ questionIds, draw }) =>
    weights
      .filter(({ id }) => questionIds.includes(id))
      .toSorted((one, other) => one.points - other.points)
      .map(({ points }) => points)
      .map((points, index, all) => ({ points, low: index < draw, high: index >= all.length - draw })),
  )
  const taken = draws.flat()
  const sum = (list: readonly number[]): string =>
    pointsText(list.reduce((total, points) => total.plus(points), new Points(0)))
  const base = always.map(({ points }) => points)
  return {
    count: always.length + taken.filter(({ low }) => low).length,
    drawn: taken.some(({ low, high }) => !low || !high),
    least: sum([...base, ...taken.filter(({ low }) => low).map(({ points }) => points)]),
    most: sum([...base, ...taken.filter(({ high }) => high).map(({ points }) => points)]),
  }
}

/**
 * What of an exam counts for grades: the most points of an attempt, and who sees their score.
 * Throws when the stored settings are none.
 */
export function gradeTermsOf(row: Readonly<{ settings: unknown; weights: readonly Weight[] }>): Readonly<{
  most: string
  mayReview: (moments: Parameters<typeof mayReview>[1]) => Review
}> {
  const settings = examSettingsSchema.parse(row.settings)
  return {
    most: extentOf(row.weights, settings).most,
    mayReview: (moments) => mayReview(settings, moments),
  }
}

/** An attempt with as much of its score as its owner may see. */
export function ownAttemptOf(
  row: OwnAttemptRow,
  settings: Pick<ExamSettings, 'review' | 'passPercent' | 'counting'>,
  exam: Readonly<{ releasedAt: Date | null; closedForAll: boolean }>,
): OwnAttempt {
  const { id, number, startedAt, deadlineAt, submittedAt, endedBy, counts, gradedAt } = row
  const review = mayReview(settings, { submittedAt, gradedAt, ...exam })
  const shown = review.score && row.maxScore !== null
  return {
    ...{ id, number, startedAt, deadlineAt, submittedAt, endedBy, review },
    // Which of several is the best tells about scores that may not be seen yet.
    counts: counts && (shown || settings.counting !== 'best'),
    score: shown ? row.score : null,
    maxScore: shown ? row.maxScore : null,
    passed: shown && row.maxScore !== null ? passed(row.score, row.maxScore, settings.passPercent) : null,
  }
}
