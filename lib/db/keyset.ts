import 'server-only'
import { z } from 'zod'

/**
 * Cursors for keyset paging: the sort key of the row at a page's edge, and the direction to go from there.
 * They hold nothing that the page itself didn't show, and a forged one can only start at another place of the
 * same school's list: the tenant and all filters stand in the statement beside it.
 */
const cursorSchema = z.strictObject({
  at: z.iso.datetime({ precision: 3 }).refine((at) => Date.parse(at) >= 0, 'before 1970'),
  id: z.string().regex(/^[a-z0-9]{1,40}$/),
  go: z.enum(['next', 'previous']),
})

export type Cursor = z.infer<typeof cursorSchema>

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.go === 'next' ? 1 : 0, cursor.at, cursor.id])).toString(
    'base64url',
  )
}

/** The cursor behind a text; null when it isn't one of ours. */
export function decodeCursor(text: string): Cursor | null {
  try {
    const [next, at, id] = z
      .tuple([z.union([z.literal(0), z.literal(1)]), z.string(), z.string()])
      .parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return cursorSchema.parse({ at, id, go: next === 1 ? 'next' : 'previous' })
  } catch {
    return null
  }
}

export type Page<Row> = Readonly<{ rows: Row[]; nextCursor: string | null; previousCursor: string | null }>

/**
 * Cuts one row more than asked for into a page with its cursors.
 * `found` is in the order it was read: forwards, or backwards from a 'previous' cursor.
 */
export function cutPage<Row extends { id: string }>(
  found: Row[],
  limit: number,
  cursor: Cursor | null,
  at: (row: Row) => Date,
): Page<Row> {
  const more = found.length > limit
  const kept = found.slice(0, limit)
  const backwards = cursor?.go === 'previous'
  const rows = backwards ? kept.reverse() : kept
  const first = rows[0]
  const last = rows.at(-1)
  const hasNext = backwards || more
  const hasPrevious = backwards ? more : cursor !== null
  const point = (row: Row, go: Cursor['go']) => encodeCursor({ at: at(row).toISOString(), id: row.id, go })
  return {
    rows,
    nextCursor: hasNext && last !== undefined ? point(last, 'next') : null,
    previousCursor: hasPrevious && first !== undefined ? point(first, 'previous') : null,
  }
}
