import { digest } from './ids'

/** Chance that always falls the same way: each source is keyed by what it decides about. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next: () => number
  /** A whole number from `low` to `high`, both included. */
  between: (low: number, high: number) => number
  /** True with this probability. */
  chance: (probability: number) => boolean
  /** One of the list. Throws RangeError when it is empty. */
  pick: <T>(list: readonly T[]) => T
  /** The list in another order; the list itself stays as it is. */
  shuffle: <T>(list: readonly T[]) => T[]
}

/** Mulberry32: 32 bits of state are plenty for a few hundred draws. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * A source of chance keyed by text. Sources of different keys know nothing of each other, so that one more draw
 * in one place changes nothing anywhere else.
 */
export function random(...key: readonly (string | number)[]): Random {
  const next = mulberry32(Number.parseInt(digest('chance', ...key).slice(0, 8), 16))
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  const pick = <T>(list: readonly T[]): T => {
    const found = list[between(0, list.length - 1)]
    if (found === undefined) throw new RangeError('Nothing to pick from.')
    return found
  }
  const shuffle = <T>(list: readonly T[]): T[] =>
    list
      .map((value) => ({ value, rank: next() }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ value }) => value)
  return { next, between, chance: (probability) => next() < probability, pick, shuffle }
}
