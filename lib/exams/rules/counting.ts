import Big from 'big.js'
import type { ExamSettings } from '../contract/settings'

/** An attempt as the choice sees it; `score` is decimal text, null while it runs or waits for a person. */
export type Countable = Readonly<{
  id: string
  number: number
  score: string | null
  submittedAt: Date | string | null
}>

function better(one: Countable, other: Countable): Countable {
  // What isn't graded yet is unknown: it displaces no grade that is there.
  if (one.score === null || other.score === null)
    return one.score === null && other.score !== null ? other : one
  return new Big(other.score).gt(one.score) ? other : one
}

/**
 * The id of the attempt that gives a person's grade; null before one was handed in. `best` is the highest score, of
 * equal ones the earliest, and the earliest handed in while none has a score; `newest` and `first` go by the number of
 * the attempt, graded or not.
 */
export function whichCounts(
  attempts: readonly Countable[],
  counting: ExamSettings['counting'],
): string | null {
  const [first, ...rest] = attempts
    .filter(({ submittedAt }) => submittedAt !== null)
    .sort((one, other) => one.number - other.number)
  if (first === undefined) return null
  if (counting === 'first') return first.id
  if (counting === 'newest') return rest.at(-1)?.id ?? first.id
  return rest.reduce(better, first).id
}
