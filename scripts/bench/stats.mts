/** Middle value, and the quarter points around it. */
export type Spread = Readonly<{ median: number; low: number; high: number; count: number }>

/** Value below which `share` (0 to 1) of the values lie, by linear interpolation. NaN for an empty list. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)]
  const above = sorted[Math.ceil(place)]
  if (below === undefined || above === undefined) return Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}

export function spreadOf(values: readonly number[]): Spread {
  return {
    median: quantile(values, 0.5),
    low: quantile(values, 0.25),
    high: quantile(values, 0.75),
    count: values.length,
  }
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** What two sides gave in each round, and the quotient of each round. */
export type Rounds<T> = Readonly<{ a: T[]; b: T[] }>

/**
 * Measures two things in turns, so that a machine that slows down or speeds up on its way does it to both.
 * Who goes first changes every round: the second finds warmer caches.
 */
export async function interleave<T>(
  rounds: number,
  a: () => Promise<T>,
  b: () => Promise<T>,
): Promise<Rounds<T>> {
  const result: Rounds<T> = { a: [], b: [] }
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) result.a.push(await a())
    result.b.push(await b())
    if (round % 2 === 1) result.a.push(await a())
  }
  return result
}

/** Quotients round by round. */
export function ratios({ a, b }: Rounds<number>): number[] {
  return a.map((value, round) => value / (b[round] ?? Number.NaN))
}
