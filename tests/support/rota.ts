/** The full run, `npm run test:deep`. */
const DEEP = process.env['SMARTLMS_DEEP'] === '1'
const SEED = Number(process.env['FC_SEED'] ?? 0)

/**
 * Whether a part of the proofs is due. Parts that look at the same guarantee from many sides, and take a browser minutes,
 * take turns: the full run has all of them, the usual one those that the run's printed seed says.
 * @param place of this part among those that take turns
 * @param of how many turns there are
 */
export function isDue(place: number, of: number): boolean {
  return DEEP || (SEED + place) % of === 0
}
