import 'server-only'
import { AppError } from '#lib/errors'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'

/** A file in the store, as its school's books have it. */
export type FileRecord = Readonly<{
  /** Storage key, beginning with the school's id. */
  key: string
  /** 'avatar', 'logo', 'cover', … */
  kind: string
  contentType: string
  bytes: number
  /** Hex. */
  sha256: string
  uploadedById: string | null
}>

/**
 * Enters files into the school's books and charges their bytes, in one statement: all of them, or none where they
 * would go beyond the limit. Uploads at the same moment wait for each other at the counter's row, so that together
 * they never go beyond it either.
 * @param limitBytes what the school's files may hold together; null: no limit
 * @throws AppError 'limit_reached', 'conflict' when a key is taken
 */
export async function recordFiles(
  db: TenantDb,
  files: readonly FileRecord[],
  limitBytes: number | null,
): Promise<void> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const stored = await rows(
    db,
    sql`with charged as (
        insert into "UsageCounter" as u ("tenantId", kind, amount)
        select ${db.tenantId}, 'storage', ${total}::bigint where ${total}::bigint <= coalesce(${limitBytes}::bigint, ${total}::bigint)
        on conflict ("tenantId", kind, period) do update set amount = u.amount + excluded.amount
          where u."tenantId" = ${db.tenantId} and u.amount + excluded.amount <= coalesce(${limitBytes}::bigint, u.amount + excluded.amount)
        returning u.id
      )
      insert into "StoredFile" ("tenantId", key, kind, "contentType", bytes, sha256, "uploadedById")
      select ${db.tenantId}, f.* from unnest(${files.map(({ key }) => key)}::text[],
        ${files.map(({ kind }) => kind)}::text[], ${files.map(({ contentType }) => contentType)}::text[],
        ${files.map(({ bytes }) => bytes)}::bigint[], ${files.map(({ sha256 }) => sha256)}::text[],
        ${files.map(({ uploadedById }) => uploadedById)}::text[]) as f
      where exists (select from charged)
      returning id`,
  )
  if (stored.length < files.length)
    throw new AppError('limit_reached', 'The school’s files would go beyond its plan.')
}

/** One file, as `recordFiles`. @throws AppError as `recordFiles` */
export async function recordFile(db: TenantDb, file: FileRecord, limitBytes: number | null): Promise<void> {
  await recordFiles(db, [file], limitBytes)
}

/**
 * Takes files out of the school's books and gives their bytes back to it, in one statement.
 * @returns the keys that were there: remove those objects once the unit of work has been committed
 */
export async function forgetFiles(db: TenantDb, keys: readonly string[]): Promise<string[]> {
  const gone = await rows<{ key: string }>(
    db,
    sql`with gone as (
        delete from "StoredFile" where "tenantId" = ${db.tenantId} and key = any(${keys}::text[]) returning key, bytes
      ), released as (
        update "UsageCounter" set amount = greatest(0, amount - (select coalesce(sum(bytes), 0) from gone))
        where "tenantId" = ${db.tenantId} and kind = 'storage' and period = '' and exists (select from gone)
      )
      select key from gone`,
  )
  return gone.map(({ key }) => key)
}

/** One file, as `forgetFiles`. @returns whether it was there */
export async function forgetFile(db: TenantDb, key: string): Promise<boolean> {
  return (await forgetFiles(db, [key])).length > 0
}

/** Those of the keys that stand in the school's books. */
export async function recordedKeys(db: TenantDb, keys: readonly string[]): Promise<string[]> {
  const found = await rows<{ key: string }>(
    db,
    sql`select key from "StoredFile" where "tenantId" = ${db.tenantId} and key = any(${keys}::text[])`,
  )
  return found.map(({ key }) => key)
}

/** Bytes of the school's files, as its plan counts them. */
export async function storageUsed(db: TenantDb): Promise<number> {
  const row = await firstRow<{ amount: number }>(
    db,
    sql`select amount::float8 as amount from "UsageCounter"
      where "tenantId" = ${db.tenantId} and kind = 'storage' and period = ''`,
  )
  return row?.amount ?? 0
}
