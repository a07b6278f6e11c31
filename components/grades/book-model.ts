import type { FormAction } from '#components/ui/form-context'
import { type Book, type BookCell, type BookItem, type BookPerson, FLAGS } from '#lib/grades/contract/book'
import { letterOf } from '#lib/grades/rules/letters'
import { standing } from '#lib/grades/rules/person'

/** What a cell holds, spelled out. */
export type Cell = Readonly<{
  points: string | null
  maxPoints: string
  seen: number
  excused: boolean
  waits: boolean
  given: boolean
  asked: boolean
}>

export function cellAt(person: BookPerson, item: BookItem, place: number): Cell {
  const cell: BookCell = person.cells[place] ?? 0
  const [points, seen, flags, maxPoints] = cell === 0 ? ([null, 0, 0] as const) : cell
  return {
    ...{ points, seen, maxPoints: maxPoints ?? item.maxPoints },
    ...{ excused: (flags & FLAGS.excused) > 0, waits: (flags & FLAGS.waits) > 0 },
    ...{ given: (flags & FLAGS.given) > 0, asked: (flags & FLAGS.asked) > 0 },
  }
}

/** Somebody's grade of the course: percent, and its letter; null: none yet. */
export function gradeOf(
  book: Book,
  person: BookPerson,
): Readonly<{ percent: string; letter: string | null }> | null {
  const { items, scheme } = book
  const cells = items.map((item, place) => cellAt(person, item, place))
  const worth = items.map(({ id }, place) => ({ id, maxPoints: cells[place]?.maxPoints ?? '0' }))
  const graded = items.map(({ id: itemId }, place) => ({
    ...{ itemId, points: cells[place]?.points ?? null, excused: cells[place]?.excused === true },
  }))
  const percent = person.course ?? standing(worth, scheme, graded)
  return percent === null ? null : { percent, letter: letterOf(percent, scheme.letters) }
}

export type Given = Readonly<{ points: string; excused: boolean; reason: string }>

/** The book with what somebody gave in one cell. */
export function withCell(book: Book, personId: string, place: number, given: Given, seen: number): Book {
  const changed = (person: BookPerson): BookPerson => {
    const before: BookCell = person.cells[place] ?? 0
    const [, , flags, maxPoints] = before === 0 ? ([null, 0, 0] as const) : before
    const kept = flags & FLAGS.asked
    const now = kept + FLAGS.given + (given.excused ? FLAGS.excused : 0)
    const points = given.points === '' ? null : given.points
    const cell: BookCell = maxPoints === undefined ? [points, seen, now] : [points, seen, now, maxPoints]
    return { ...person, cells: person.cells.map((one, at) => (at === place ? cell : one)) }
  }
  return { ...book, people: book.people.map((one) => (one.id === personId ? changed(one) : one)) }
}

export type Answer = Readonly<{ ok: true; seen: number }> | Readonly<{ ok: false; message: string }>

/** Sends a change. An answer that never came is a refusal in the words that are given. */
export async function sendChange(
  action: FormAction,
  cell: Readonly<{ courseId: string; userId: string; item: string; seen: number }>,
  given: Given,
  unreachable: string,
): Promise<Answer> {
  const form = new FormData()
  const { courseId, userId, item, seen } = cell
  const { points, excused, reason } = given
  const fields = { courseId, userId, item, seen: String(seen), points, reason, excused: excused ? 'on' : '' }
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  try {
    const outcome = await action(null, form)
    if (!outcome.ok) {
      const [message = outcome.message] = Object.values(outcome.fields)
      return { ok: false, message }
    }
    const { value } = outcome
    const number = typeof value === 'object' && value !== null && 'number' in value ? value.number : seen
    return { ok: true, seen: typeof number === 'number' ? number : seen }
  } catch {
    return { ok: false, message: unreachable }
  }
}
