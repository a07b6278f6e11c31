import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { oneRow } from './changes'

/** Days of a school on which nobody misses a day. All days are `YYYY-MM-DD`, both ends included. */

export type BreakRow = { id: string; name: string; first: string; last: string }

const COLUMNS = sql`id, name, to_char("firstDay", 'YYYY-MM-DD') as first, to_char("lastDay", 'YYYY-MM-DD') as last`

/** Breaks of the school, the latest first; at most `limit`. One statement. */
export async function listBreaks(db: TenantDb, limit: number): Promise<BreakRow[]> {
  return rows<BreakRow>(
    db,
    sql`select ${COLUMNS} from "SchoolBreak" where "tenantId" = ${db.tenantId}
      order by "firstDay" desc, "lastDay" desc, id limit ${limit}`,
  )
}

/**
 * Adds a break. The same days a second time are the break that is there.
 * @returns null when there are `most` already, or the same days are there
 */
export async function insertBreak(
  db: TenantDb,
  input: Readonly<{ name: string; first: string; last: string; most: number }>,
): Promise<BreakRow | null> {
  const { name, first, last, most } = input
  return firstRow<BreakRow>(
    db,
    sql`insert into "SchoolBreak" ("tenantId", name, "firstDay", "lastDay")
      select ${db.tenantId}, ${name}, ${first}::date, ${last}::date
      where (select count(*) from "SchoolBreak" where "tenantId" = ${db.tenantId}) < ${most}
      on conflict ("tenantId", "firstDay", "lastDay") do nothing
      returning ${COLUMNS}`,
  )
}

/** A break, locked until the transaction ends. @throws AppError 'not_found' */
export async function lockBreak(db: TenantDb, breakId: string): Promise<BreakRow> {
  return oneRow<BreakRow>(
    db,
    sql`select ${COLUMNS} from "SchoolBreak" where "tenantId" = ${db.tenantId} and id = ${breakId} for update`,
    'break',
  )
}

/** Takes a break away. */
export async function deleteBreak(db: TenantDb, breakId: string): Promise<void> {
  await oneRow(
    db,
    sql`delete from "SchoolBreak" where "tenantId" = ${db.tenantId} and id = ${breakId} returning id`,
    'break',
  )
}

/** Gives a break another last day. @throws AppError 'conflict' when there is one of the same days */
export async function writeLastDay(
  db: TenantDb,
  input: Readonly<{ breakId: string; last: string }>,
): Promise<void> {
  await oneRow(
    db,
    sql`update "SchoolBreak" set "lastDay" = ${input.last}::date
      where "tenantId" = ${db.tenantId} and id = ${input.breakId} returning id`,
    'break',
  )
}
