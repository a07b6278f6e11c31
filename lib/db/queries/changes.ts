import 'server-only'
import { AppError } from '#lib/errors'
import { affected, firstRow, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/**
 * Moves `updatedAt` forward. Never by less than a millisecond, the column's precision: two changes that left the
 * same instant would let the second overwrite what a reader of the first had not seen.
 */
export const TOUCH = sql`"updatedAt" = greatest(now(), "updatedAt" + interval '1 millisecond')`

/** `a = 1, b = 2` from its parts, `updatedAt` among them. */
export function assignments(parts: readonly (Statement | null)[]): Statement {
  return parts.reduce<Statement>((list, part) => (part === null ? list : sql`${list}, ${part}`), TOUCH)
}

/** @throws AppError 'not_found' when a writing statement found no row of this school */
export async function affectOne(db: TenantDb, statement: Statement, what: string): Promise<void> {
  if ((await affected(db, statement)) === 0) throw new AppError('not_found', `There is no such ${what}.`)
}

/**
 * Runs a change of one row that names the `updatedAt` its author had seen, and returns the new one.
 * @param exists tells apart a row that is gone from one that somebody else changed
 * @throws AppError 'conflict' when the row has been changed since, 'not_found' when there is none
 */
export async function changeSeen(
  db: TenantDb,
  change: Statement,
  exists: Statement,
  what: string,
): Promise<{ updatedAt: Date }> {
  const changed = await firstRow<{ updatedAt: Date }>(db, change)
  if (changed !== null) return changed
  if ((await firstRow(db, exists)) === null) throw new AppError('not_found', `There is no such ${what}.`)
  throw new AppError('conflict', `The ${what} was changed since it was read.`)
}

/** The one row a statement gives. @throws AppError 'not_found' */
export async function oneRow<Row extends object>(
  db: TenantDb,
  statement: Statement,
  what: string,
): Promise<Row> {
  const row = await firstRow<Row>(db, statement)
  if (row === null) throw new AppError('not_found', `There is no such ${what}.`)
  return row
}
