import { unitsOf } from './fraction'

/** A letter, and the percentage from which on it is given: decimal text. */
export type Letter = Readonly<{ name: string; from: string }>

/** The letter of a grade, both as shown: percent of two places. null: below the lowest, or no grade. */
export function letterOf(percent: string | null, letters: readonly Letter[]): string | null {
  if (percent === null) return null
  const units = unitsOf(percent)
  const reached = letters.filter(({ from }) => unitsOf(from) <= units)
  const best = reached.toSorted((a, b) => (unitsOf(a.from) < unitsOf(b.from) ? 1 : -1))[0]
  return best?.name ?? null
}
