import type { GradeScheme } from '../contract'

/** The gradebook as it travels: a thousand people by a hundred columns, so short. */

/** Of a cell's `flags`. */
export const FLAGS = {
  excused: 1,
  /** Handed in, without points yet. */
  waits: 2,
  /** Somebody would read another number than before: a change needs a reason. */
  given: 4,
  /** A question about it has no answer. */
  asked: 8,
} as const

/**
 * What somebody has in an item: the points that hold (null: none), the number of the change that holds (0: none), flags,
 * and the possible points where they are others than the item's. 0: nothing at all.
 */
export type BookCell = 0 | readonly [points: string | null, seen: number, flags: number, maxPoints?: string]

export type BookItem = Readonly<{ id: string; title: string; maxPoints: string }>

export type BookPerson = Readonly<{
  id: string
  name: string
  email: string
  /** In the order of the items. */
  cells: readonly BookCell[]
  /** The grade of the course by hand, in percent; null: what comes about. */
  course: string | null
}>

export type Book = Readonly<{
  items: readonly BookItem[]
  people: readonly BookPerson[]
  scheme: Pick<GradeScheme, 'weighted' | 'categories' | 'items' | 'letters'>
}>
