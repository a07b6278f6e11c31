import { type ExamSettings, examSettingsSchema } from '../contract/settings'
import { Points, pointsText } from './decimal'
import { mayReview, type Review } from './review'

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
