import type { Book, BookPerson } from '#lib/grades/contract/book'
import { cellAt, gradeOf } from './book-model'

/** What stands first in the gradebook. */
export const ORDERS = ['name', 'lowest', 'highest', 'waits', 'asked'] as const
export type Order = (typeof ORDERS)[number]

type Weight = (person: BookPerson) => number

const LAST = Number.POSITIVE_INFINITY

function cellsWith(book: Book, flag: 'waits' | 'asked'): Weight {
  return (person) => -book.items.filter((item, place) => cellAt(person, item, place)[flag]).length
}

/** By grade; people without one stand at the end, whichever way it goes. */
function byGrade(book: Book, direction: 1 | -1): Weight {
  return (person) => {
    const grade = gradeOf(book, person)
    return grade === null ? LAST : Number(grade.percent) * direction
  }
}

function weightIn(book: Book, order: Exclude<Order, 'name'>): Weight {
  if (order === 'lowest') return byGrade(book, 1)
  return order === 'highest' ? byGrade(book, -1) : cellsWith(book, order)
}

/**
 * Everybody's place in an order, by id; who weighs the same stands by name. It is made once and kept while grades are
 * changed: a row that ran away from the hand would be worse than one in an old place.
 */
export function ranked(book: Book, order: Order): ReadonlyMap<string, number> | null {
  if (order === 'name') return null
  const weight = weightIn(book, order)
  const weighed = book.people.map((person) => ({ id: person.id, weight: weight(person) }))
  // Two of infinite weight: their difference is no number.
  const sorted = weighed.toSorted((one, other) =>
    one.weight === other.weight ? 0 : one.weight - other.weight,
  )
  return new Map(sorted.map(({ id }, place) => [id, place]))
}
