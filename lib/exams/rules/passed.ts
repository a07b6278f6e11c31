import Big from 'big.js'

/**
 * Whether a score passes, exactly at the mark included; null while there is no score, or nothing to pass. All three are
 * decimals (`'19.5'`, `'30'`, 65). Of an attempt that nothing could be had in (`maxScore` 0), every score passes.
 */
export function passed(score: string | null, maxScore: string, passPercent: number | null): boolean | null {
  if (score === null || passPercent === null) return null
  return new Big(score).times(100).gte(new Big(maxScore).times(passPercent))
}
