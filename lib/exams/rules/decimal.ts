import Big from 'big.js'

/**
 * Points: decimals of up to 4 places, rounded half up (a tie goes away from zero, so that what is taken off is rounded
 * as what is given). A quotient is rounded once, at its fourth place, never in between.
 */
export const Points = Big()
Points.DP = 4
Points.RM = 1

/** Decimal text as the columns keep it, without trailing zeros: `2`, `0.3333`, `-0.25`. */
export function pointsText(points: Big): string {
  const rounded = new Points(points).round(4)
  return rounded.eq(0) ? '0' : rounded.toFixed()
}

/** Points the two of which are added exactly. */
export function sumOf(all: readonly (string | number)[]): Big {
  return all.reduce<Big>((sum, one) => sum.plus(one), new Points(0))
}
