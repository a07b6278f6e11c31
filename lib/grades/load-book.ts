import 'server-only'
import { getGrading, listGradePeople } from '#lib/db/queries/grades'
import type { TenantDb } from '#lib/db/tenant'
import type { GradeItem } from './contract'
import { COURSE_ITEM } from './contract/constants'
import { type Book, type BookCell, FLAGS } from './contract/book'
import { schemeOf } from './load-grades'
import { type Own, cellOf, sourceIn } from './rules/person'
import { loadItems, loadOwn } from './sources'

/** People of one gradebook. */
export const PEOPLE_MOST = 5_000

function cellIn(own: Own, item: GradeItem): BookCell {
  const { points, excused } = cellOf(own, item)
  const source = sourceIn(own, item)
  const seen = own.changes.get(item.id)?.number ?? 0
  const flags =
    (excused ? FLAGS.excused : 0) +
    (source.state === 'handed-in' && points === null ? FLAGS.waits : 0) +
    (seen > 0 || source.points !== null ? FLAGS.given : 0) +
    ((own.open.get(item.id) ?? 0) > 0 ? FLAGS.asked : 0)
  if (points === null && flags === 0) return 0
  const { maxPoints } = source
  return maxPoints === item.maxPoints ? [points, seen, flags] : [points, seen, flags, maxPoints]
}

/** Everybody's grades in a course. Seven statements, however many there are. @throws AppError 'not_found' */
export async function loadBook(
  db: TenantDb,
  { courseId, timeZone }: Readonly<{ courseId: string; timeZone: string }>,
): Promise<Book> {
  const row = await getGrading(db, { courseId, timeZone })
  const { weighted, categories, items: placings, letters } = schemeOf(row)
  const sources = await loadItems(db, courseId, row.timeZone)
  const items = sources.map(({ item }) => item)
  const people = await listGradePeople(db, { courseId, userId: null, limit: PEOPLE_MOST })
  const ownOf = await loadOwn(db, sources, { courseId, userId: null, audience: 'teacher' })
  return {
    items: items.map(({ id, title, maxPoints }) => ({ id, title, maxPoints })),
    people: people.map(({ userId, name, email }) => {
      const own = ownOf(userId)
      const cells = items.map((item) => cellIn(own, item))
      return { id: userId, name, email, cells, course: own.changes.get(COURSE_ITEM)?.points ?? null }
    }),
    scheme: { weighted, categories, items: placings, letters },
  }
}
