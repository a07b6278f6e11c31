import { dayPlus, type Span } from '#lib/awards/rules/streak'

/** What a break of a school may be. Days are `YYYY-MM-DD`, both ends included. Pure. */

export const BREAKS = {
  /** Letters of a name. */
  name: 80,
  /** Days of one. */
  longest: 184,
  /** How many days back one may begin: snow is told of afterwards. */
  past: 31,
  /** How many days ahead. */
  ahead: 800,
  /** Of one school. */
  most: 100,
} as const

export type BreakFault = Readonly<
  { field: 'first'; kind: 'early' | 'late' } | { field: 'last'; kind: 'backwards' | 'long' }
>

/** Why days can't be a break; null when they can. @param today the school's */
export function breakFault({ first, last }: Span, today: string): BreakFault | null {
  if (first < dayPlus(today, -BREAKS.past)) return { field: 'first', kind: 'early' }
  if (first > dayPlus(today, BREAKS.ahead)) return { field: 'first', kind: 'late' }
  if (last < first) return { field: 'last', kind: 'backwards' }
  return last > dayPlus(first, BREAKS.longest - 1) ? { field: 'last', kind: 'long' } : null
}

/**
 * What ending a break does to it: one that hasn't begun goes, one that has ends today, because somebody has rested on
 * its days. One that is over stays.
 */
export function endOf({ first, last }: Span, today: string): 'gone' | 'over' | Readonly<{ last: string }> {
  if (first > today) return 'gone'
  return last <= today ? 'over' : { last: today }
}

/** Where a break stands. @param today the school's */
export function stateOf({ first, last }: Span, today: string): 'coming' | 'now' | 'over' {
  if (first > today) return 'coming'
  return last < today ? 'over' : 'now'
}

/** Days of a break. */
export function lengthOf({ first, last }: Span): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1
}
