import { Points } from '#lib/exams/rules/decimal'

/** Points of a bonus are meant; twice as many as an item has are a slip of a key. */
const TIMES = 2

/**
 * Whether points given by hand can't be meant, 91 of 27. Where nothing can be had there is nothing to compare with.
 * @param points and `most` (what can be had): decimal text
 */
export function isSlip(points: string, most: string): boolean {
  return new Points(most).gt(0) && new Points(points).gt(new Points(most).times(TIMES))
}
