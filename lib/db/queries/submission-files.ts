import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { likePattern, sql } from '../sql'

/** Days in which a file that nothing names is kept. */
const DAYS = 7

/**
 * Keys of files that belong to nothing that was handed in and to no draft; not before a week has passed since they came.
 * They are locked, but for those that somebody is handing in: ask again for the same ones before they are let go, because
 * what was handed in while this one ran is seen only then.
 * @param of these alone; null: all
 */
export async function unhandedFiles(
  db: TenantDb,
  { limit, of }: Readonly<{ limit: number; of: readonly string[] | null }>,
): Promise<string[]> {
  const found = await rows<{ key: string }>(
    db,
    sql`select f.key from "StoredFile" f
      where f."tenantId" = ${db.tenantId} and f.kind = 'submission' and f."createdAt" < now() - ${DAYS} * interval '1 day'
        and (${of}::text[] is null or f.key = any(${of}::text[]))
        and not exists (select from "SubmissionDraft" d where d."tenantId" = ${db.tenantId}
          and d."assignmentId" = split_part(f.key, '/', 4) and d."userId" = split_part(f.key, '/', 5) and f.key = any(d.files))
        and not exists (select from "Submission" s
          join "SubmissionVersion" v on v."tenantId" = s."tenantId" and v."submissionId" = s.id
          where s."tenantId" = ${db.tenantId} and s."assignmentId" = split_part(f.key, '/', 4)
            and s."userId" = split_part(f.key, '/', 5) and f.key = any(v.files))
      order by f.key limit ${limit} for update of f skip locked`,
  )
  return found.map(({ key }) => key)
}

/** Holds files until the end, so that nobody lets them go meanwhile. @returns those of the keys that stand in the school's books */
export async function holdFiles(db: TenantDb, keys: readonly string[]): Promise<string[]> {
  const held = await rows<{ key: string }>(
    db,
    sql`select key from "StoredFile" where "tenantId" = ${db.tenantId} and key = any(${keys}::text[]) order by key for key share`,
  )
  return held.map(({ key }) => key)
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
