import 'server-only'
import { z } from 'zod'
import { AppError } from '#lib/errors'
import { type Page } from '../keyset'
import { sql, type Statement } from '../sql'

/** Keyset paging through the list of schools, which has two orders. A cursor names the one that it was made in. */

const shape = z.tuple([
  z.enum(['newest', 'name']),
  z.enum(['next', 'previous']),
  z.string().max(200),
  z.string().regex(/^[a-z0-9]{1,40}$/),
])

export type SchoolOrder = 'newest' | 'name'
type Point = z.infer<typeof shape>
export type SchoolCursor = Readonly<{ go: Point[1]; key: string; id: string }>

function encode(order: SchoolOrder, { go, key, id }: SchoolCursor): string {
  return Buffer.from(JSON.stringify([order, go, key, id] satisfies Point)).toString('base64url')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

/** The cursor that an address names. @throws AppError 'not_found' for one that isn't ours, or of another order */
export function schoolCursor(order: SchoolOrder, text: string | undefined): SchoolCursor | null {
  if (text === undefined) return null
  const point = shape.safeParse(parsed(text)).data
  const valid = point?.[0] === order && (order === 'name' || z.iso.datetime().safeParse(point[2]).success)
  if (point === undefined || !valid) throw new AppError('not_found', 'The cursor can’t be read.')
  return { go: point[1], key: point[2], id: point[3] }
}

/** What follows the cursor, and the order to read in: newest first, or by name. Schools are `t`. */
export function schoolWindow(
  order: SchoolOrder,
  cursor: SchoolCursor | null,
): Readonly<{ where: Statement; order: Statement }> {
  const column = order === 'name' ? sql`lower(t.name)` : sql`t."createdAt"`
  const rising = (order === 'name') === (cursor?.go !== 'previous')
  const sorted = rising ? sql`${column} asc, t.id asc` : sql`${column} desc, t.id desc`
  if (cursor === null) return { where: sql``, order: sorted }
  const key = order === 'name' ? sql`${cursor.key}` : sql`${cursor.key}::timestamptz`
  const beyond = rising
    ? sql`and (${column}, t.id) > (${key}, ${cursor.id})`
    : sql`and (${column}, t.id) < (${key}, ${cursor.id})`
  return { where: beyond, order: sorted }
}

/** Cuts one row more than asked for into a page. `found` is in the order it was read. */
export function cutSchools<Row extends { id: string; key: string }>(
  found: Row[],
  limit: number,
  order: SchoolOrder,
  cursor: SchoolCursor | null,
): Page<Row> {
  const backwards = cursor?.go === 'previous'
  const kept = found.slice(0, limit)
  const rows = backwards ? kept.reverse() : kept
  const more = found.length > limit
  const point = (row: Row | undefined, go: SchoolCursor['go'], there: boolean) =>
    there && row !== undefined ? encode(order, { go, key: row.key, id: row.id }) : null
  return {
    rows,
    nextCursor: point(rows.at(-1), 'next', backwards || more),
    previousCursor: point(rows[0], 'previous', backwards ? more : cursor !== null),
  }
}
