import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { likePattern, sql } from '../sql'

/** Days after the end of its attempt in which a file that no answer names is kept. */
const DAYS = 7

/**
 * Keys of files that were sent for an attempt and don't stand in what was handed in, or whose attempt is gone; not
 * before a week has passed since.
 */
export async function unsubmittedFiles(db: TenantDb, limit: number): Promise<string[]> {
  const found = await rows<{ key: string }>(
    db,
    sql`select f.key from "StoredFile" f
      left join "ExamAttempt" a on a."tenantId" = ${db.tenantId} and a.id = split_part(f.key, '/', 4)
      where f."tenantId" = ${db.tenantId} and f.kind = 'exam' and f."createdAt" < now() - ${DAYS} * interval '1 day'
        and (a.id is null or a."submittedAt" < now() - ${DAYS} * interval '1 day'
          and not jsonb_path_exists(a.answers, '$.answers.*.value.keys[*] ? (@ == $key)', jsonb_build_object('key', f.key)))
      order by f.key limit ${limit}`,
  )
  return found.map(({ key }) => key)
}

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
