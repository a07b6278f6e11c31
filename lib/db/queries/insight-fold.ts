import 'server-only'
import { firstRow, type TenantDb } from '../handle'
import { sql } from '../sql'

/** The marks that learners leave, and the tallies that they are folded into (docs/decisions/0025-insight.md). */

/** Adds up to `most` marks of the school to its tallies. One statement. @returns how many marks it took */
export async function foldMarks(db: TenantDb, most: number): Promise<number> {
  const row = await firstRow<{ took: number }>(
    db,
    sql`select smartlms_fold(${db.tenantId}, ${most}::int) as took`,
  )
  return row?.took ?? 0
}
