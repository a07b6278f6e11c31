import 'server-only'
import { firstRow, type TenantDb } from '../handle'
import { likePattern, sql } from '../sql'

/** How many files stand in the school's books under a folder of a question of an attempt. */
export async function countFilesIn(db: TenantDb, folder: string): Promise<number> {
  // The folder is wholly literal but for its end, so that the pattern can start at the beginning.
  const pattern = likePattern(folder).slice(1)
  const found = await firstRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from "StoredFile" where "tenantId" = ${db.tenantId} and key like ${pattern}`,
  )
  return found?.count ?? 0
}
