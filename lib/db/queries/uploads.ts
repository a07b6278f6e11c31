import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { likePattern, sql } from '../sql'

/** Files that are still arriving. They stand in the school's books as kind 'upload', with the bytes that were announced. */

/** Hours that an upload may take. */
const HOURS = 24

export type Upload = Readonly<{
  /** Under which it stands in the books; nothing lies there in the store. */
  key: string
  /** What it will be, without the dot. */
  extension: string
  bytes: number
}>

/** Somebody's own upload, by the folder that its parts lie in; null when there is none (any more). */
export async function findUpload(
  db: TenantDb,
  input: Readonly<{ folder: string; userId: string }>,
): Promise<Upload | null> {
  // The folder is wholly literal but for its end, so that the pattern can start at the beginning.
  const pattern = likePattern(input.folder).slice(1)
  const found = await firstRow<{ key: string; bytes: number }>(
    db,
    sql`select key, bytes::float8 as bytes from "StoredFile" where "tenantId" = ${db.tenantId} and key like ${pattern}
      and kind = 'upload' and "uploadedById" = ${input.userId} and "createdAt" > now() - ${HOURS} * interval '1 hour'`,
  )
  return found === null ? null : { ...found, extension: found.key.slice(found.key.lastIndexOf('.') + 1) }
}

/** What became of somebody's own upload: a file of the same name with any extension; null before it is finished. */
export async function findFinished(
  db: TenantDb,
  input: Readonly<{ stem: string; userId: string }>,
): Promise<{ key: string; bytes: number } | null> {
  const pattern = likePattern(`${input.stem}.`).slice(1)
  return firstRow(
    db,
    sql`select key, bytes::float8 as bytes from "StoredFile" where "tenantId" = ${db.tenantId} and key like ${pattern}
      and kind = 'lesson' and "uploadedById" = ${input.userId}`,
  )
}

/** Keys of the school's uploads that took too long. */
export async function staleUploads(db: TenantDb): Promise<string[]> {
  const found = await rows<{ key: string }>(
    db,
    sql`select key from "StoredFile" where "tenantId" = ${db.tenantId} and kind = 'upload'
      and "createdAt" <= now() - ${HOURS} * interval '1 hour'`,
  )
  return found.map(({ key }) => key)
}
