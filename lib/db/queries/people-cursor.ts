import 'server-only'
import { z } from 'zod'
import { AppError } from '#lib/errors'
import type { Page } from '../keyset'
import { sql, type Statement } from '../sql'

/**
 * Cursors of the list of people, in either of its orders. As those of lib/db/keyset.ts they hold nothing that the page
 * didn't show, and a forged one can only begin at another place of the same school's list.
 */

export type PeopleOrder = 'name' | 'newest'

export type PeopleCursor = Readonly<{
  /** The sort key at the page's edge: a name, or an instant as ISO 8601 with milliseconds. */
  key: string
  id: string
  go: 'next' | 'previous'
}>

const ID = z.string().regex(/^[a-z0-9]{1,40}$/)
/** No text column takes a null byte. Names are of 254 characters at most: where somebody has none, it is their address. */
const KEYS = {
  name: z
    .string()
    .max(400)
    .refine((name) => !name.includes('\0'), 'null byte'),
  newest: z.iso.datetime({ precision: 3 }).refine((at) => Date.parse(at) >= 0, 'before 1970'),
} as const satisfies Record<PeopleOrder, z.ZodType>
const ORDERS = { name: 'n', newest: 't' } as const

function encode(order: PeopleOrder, cursor: PeopleCursor): string {
  const parts = [ORDERS[order], cursor.go === 'next' ? 1 : 0, cursor.key, cursor.id]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** The cursor that an address names. @throws AppError 'not_found' for one that isn't ours, or is of the other order */
export function peopleCursorFrom(text: string | undefined, order: PeopleOrder): PeopleCursor | null {
  if (text === undefined) return null
  const shape = z.tuple([z.literal(ORDERS[order]), z.union([z.literal(0), z.literal(1)]), KEYS[order], ID])
  try {
    const [, next, key, id] = shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return { key, id, go: next === 1 ? 'next' : 'previous' }
  } catch {
    throw new AppError('not_found', 'The cursor can’t be read.')
  }
}

/**
 * What follows the cursor, and the order to read in. By name upwards, or by day of joining downwards; `u` is the row.
 */
export function peopleKeyset(
  order: PeopleOrder,
  cursor: PeopleCursor | null,
): Readonly<{ where: Statement; order: Statement }> {
  const back = cursor?.go === 'previous'
  if (order === 'name') {
    const ways = back ? sql`u.name desc, u.id desc` : sql`u.name asc, u.id asc`
    if (cursor === null) return { where: sql``, order: ways }
    const { key, id } = cursor
    const where = back ? sql`and (u.name, u.id) < (${key}, ${id})` : sql`and (u.name, u.id) > (${key}, ${id})`
    return { where, order: ways }
  }
  const ways = back ? sql`u."createdAt" asc, u.id asc` : sql`u."createdAt" desc, u.id desc`
  if (cursor === null) return { where: sql``, order: ways }
  const { key, id } = cursor
  const where = back
    ? sql`and (u."createdAt", u.id) > (${key}::timestamptz, ${id})`
    : sql`and (u."createdAt", u.id) < (${key}::timestamptz, ${id})`
  return { where, order: ways }
}

/** Cuts one row more than asked for into a page with its cursors. `found` is in the order that it was read in. */
export function cutPeople<Row extends { id: string; name: string; createdAt: Date }>(
  found: Row[],
  limit: number,
  order: PeopleOrder,
  cursor: PeopleCursor | null,
): Page<Row> {
  const more = found.length > limit
  const kept = found.slice(0, limit)
  const back = cursor?.go === 'previous'
  const rows = back ? kept.reverse() : kept
  const point = (row: Row | undefined, go: PeopleCursor['go']) =>
    row === undefined
      ? null
      : encode(order, { key: order === 'name' ? row.name : row.createdAt.toISOString(), id: row.id, go })
  return {
    rows,
    nextCursor: back || more ? point(rows.at(-1), 'next') : null,
    previousCursor: (back ? more : cursor !== null) ? point(rows[0], 'previous') : null,
  }
}
