import 'server-only'
import { csvFile } from '#lib/audit/rules'
import { recordAudit } from '#lib/db/queries/audit'
import type { TenantDb } from '#lib/db/tenant'
import { type Book, type BookPerson, FLAGS } from './contract/book'
import { loadBook } from './load-book'
import { headingOf } from './read-grades-csv'
import { letterOf } from './rules/letters'
import { standing } from './rules/person'

/** What stands in a cell of somebody who is excused. */
export const EXCUSED = 'EX'

type Cell = Readonly<{ points: string | null; excused: boolean; maxPoints: string }>

function cellsOf(book: Book, person: BookPerson): Cell[] {
  return book.items.map((item, place): Cell => {
    const cell = person.cells[place] ?? 0
    if (cell === 0) return { points: null, excused: false, maxPoints: item.maxPoints }
    const [points, , flags, maxPoints = item.maxPoints] = cell
    return { points, excused: (flags & FLAGS.excused) > 0, maxPoints }
  })
}

function lineOf(book: Book, person: BookPerson): (string | null)[] {
  const cells = cellsOf(book, person)
  const worth = book.items.map(({ id }, place) => ({ id, maxPoints: cells[place]?.maxPoints ?? '0' }))
  const graded = book.items.map(({ id: itemId }, place) => ({
    ...{ itemId, points: cells[place]?.points ?? null, excused: cells[place]?.excused === true },
  }))
  const percent = person.course ?? standing(worth, book.scheme, graded)
  const texts = cells.map(({ points, excused }) => (excused ? EXCUSED : points))
  return [person.name, person.email, ...texts, percent, letterOf(percent, book.scheme.letters)]
}

/**
 * All grades of a course as a CSV file, which the import reads again; that it was taken out is written into the log.
 * @throws AppError 'not_found'
 */
export async function exportGrades(
  db: TenantDb,
  input: Readonly<{
    courseId: string
    timeZone: string
    actorId: string
    client: Readonly<{ ip: string; requestId: string | null }>
  }>,
): Promise<string> {
  const { courseId, actorId, client } = input
  const book = await loadBook(db, input)
  await recordAudit(db, {
    ...{ action: 'grade.export', actorId, targetType: 'Course', targetId: courseId, client },
    after: { rows: book.people.length },
  })
  const head = ['name', 'email', ...book.items.map(headingOf), 'grade_percent', 'letter']
  return csvFile([head, ...book.people.map((person) => lineOf(book, person))])
}
