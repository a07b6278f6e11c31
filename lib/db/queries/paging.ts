import 'server-only'
import type { Cursor } from '../keyset'
import { sql, type Statement } from '../sql'

/**
 * The two parts of a statement that page through a list, newest first: what follows the cursor, and the order to
 * read in. `at` and `id` are the columns of the sort key; without `id` equal instants would skip or repeat rows.
 */
export function newestFirst(
  cursor: Cursor | null,
  at: Statement,
  id: Statement,
): Readonly<{ where: Statement; order: Statement }> {
  if (cursor?.go === 'previous') {
    return {
      where: sql`and (${at}, ${id}) > (${cursor.at}::timestamptz, ${cursor.id})`,
      order: sql`${at} asc, ${id} asc`,
    }
  }
  const where = cursor === null ? sql`` : sql`and (${at}, ${id}) < (${cursor.at}::timestamptz, ${cursor.id})`
  return { where, order: sql`${at} desc, ${id} desc` }
}
