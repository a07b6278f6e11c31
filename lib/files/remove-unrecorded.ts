import 'server-only'
import { storage } from '#lib/adapters/storage/storage'
import { recordedKeys } from '#lib/db/queries/files'
import { withTenant } from '#lib/db/tenant'

/** Hours that an upload may take from its first byte to its entry in the books. */
const GRACE_HOURS = 24

/** Keys asked about at once. */
const BATCH = 500

/** Names that uploads get. Files that came another way, such as the demo's, stand in no books and stay. */
const UPLOADED = /\/[0-9a-f]{32}(?:-[a-z0-9-]+)?\.[a-z0-9]+$/

async function removeBatch(tenantId: string, keys: readonly string[]): Promise<number> {
  const recorded = new Set(await withTenant(tenantId, (db) => recordedKeys(db, keys)))
  const orphans = keys.filter((key) => !recorded.has(key))
  for (const key of orphans) await storage().remove(key)
  return orphans.length
}

/**
 * Removes a school's uploads that its books don't hold: what interrupted uploads and failed removals leave behind.
 * @returns how many were removed
 * @throws AppError 'unavailable'; what was removed until then stays removed
 */
export async function removeUnrecorded(tenantId: string, now: Date): Promise<number> {
  const before = now.getTime() - GRACE_HOURS * 3_600_000
  let removed = 0
  let batch: string[] = []
  for await (const { key, modifiedAt } of storage().list(`${tenantId}/`)) {
    if (!UPLOADED.test(key) || modifiedAt.getTime() >= before) continue
    batch.push(key)
    if (batch.length < BATCH) continue
    removed += await removeBatch(tenantId, batch)
    batch = []
  }
  return removed + (batch.length > 0 ? await removeBatch(tenantId, batch) : 0)
}
