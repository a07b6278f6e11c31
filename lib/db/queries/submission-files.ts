import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { likePattern, sql } from '../sql'

/** Days in which a file that nothing names is kept. */
const DAYS = 7

/** Keys of files that belong to nothing that was handed in and to no draft; not before a week has passed since they came. */
export async function unhandedFiles(db: TenantDb, limit: number): Promise<string[]> {
  const found = await rows<{ key: string }>(
    db,
    sql`select f.key from "StoredFile" f
      where f."tenantId" = ${db.tenantId} and f.kind = 'submission' and f."createdAt" < now() - ${DAYS} * interval '1 day'
        and not exists (select from "SubmissionDraft" d where d."tenantId" = ${db.tenantId}
          and d."assignmentId" = split_part(f.key, '/', 4) and d."userId" = split_part(f.key, '/', 5) and f.key = any(d.files))
        and not exists (select from "Submission" s
          join "SubmissionVersion" v on v."tenantId" = s."tenantId" and v."submissionId" = s.id
          where s."tenantId" = ${db.tenantId} and s."assignmentId" = split_part(f.key, '/', 4)
            and s."userId" = split_part(f.key, '/', 5) and f.key = any(v.files))
      order by f.key limit ${limit}`,
  )
  return found.map(({ key }) => key)
}

/** How many files of a person's folder for an assignment stand in the school's books and in nothing they handed in. */
export async function countUnhanded(
  db: TenantDb,
  { assignmentId, userId }: Readonly<{ assignmentId: string; userId: string }>,
  folder: string,
): Promise<number> {
  // The folder is wholly literal but for its end, so that the pattern can start at the beginning.
  const pattern = likePattern(folder).slice(1)
  const found = await firstRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from "StoredFile" f where f."tenantId" = ${db.tenantId} and f.key like ${pattern}
      and not exists (select from "Submission" s
        join "SubmissionVersion" v on v."tenantId" = s."tenantId" and v."submissionId" = s.id
        where s."tenantId" = ${db.tenantId} and s."assignmentId" = ${assignmentId} and s."userId" = ${userId}
          and f.key = any(v.files))`,
  )
  return found?.count ?? 0
}
