import 'server-only'
import type { AuditEntry } from '#lib/db/queries/audit'
import { planOf, replaceLogo } from '#lib/db/queries/school'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { forgetImage, prepareImage, recordImage, removeObjects, writeImage } from '#lib/files/store-image'
import { limitsOf } from '#lib/plans/rules'

type With = Readonly<{
  /** One unit of work in which whoever acts is still signed in and may still do it. */
  unit: <T>(query: (db: TenantDb) => Promise<T>) => Promise<T>
  /** Appends to the audit log, in the unit of the change. */
  record: (db: TenantDb, entry: AuditEntry) => Promise<void>
}>

function entry(tenantId: string, before: string | null, after: string | null): AuditEntry {
  return { targetType: 'Tenant', targetId: tenantId, before: { logo: before }, after: { logo: after } }
}

/**
 * Gives the school a logo; the one before goes with its bytes. Decoding and the store hold no connection.
 * @throws AppError 'invalid_input' and 'payload_too_large' naming the field `file`, 'limit_reached', 'rate_limited'
 */
export async function setLogo(
  { unit, record }: With,
  input: Readonly<{ tenantId: string; bytes: Uint8Array; uploadedById: string }>,
): Promise<void> {
  const { tenantId, uploadedById } = input
  const image = await prepareImage(tenantId, 'logo', input.bytes)
  await writeImage(image)
  const gone = await unit(async (db) => {
    const replaced = await replaceLogo(db, image.key)
    await record(db, entry(tenantId, replaced, image.key))
    const limitBytes = limitsOf(await planOf(db)).storageBytes
    return recordImage(db, image, { uploadedById, limitBytes, replaced })
  }).catch(async (error: unknown) => {
    // An answer that got lost may have been "committed": then the books hold the picture, and it stays.
    const undone = error instanceof AppError && error.code !== 'unavailable'
    if (undone) await removeObjects(image.variants.map(({ key }) => key))
    throw error
  })
  await removeObjects(gone)
}

/** Takes the school's logo away; its initial stands in its place. Doing it again changes nothing. */
export async function removeLogo({ unit, record }: With): Promise<void> {
  const gone = await unit(async (db) => {
    const replaced = await replaceLogo(db, null)
    if (replaced === null) return []
    await record(db, entry(db.tenantId, replaced, null))
    return forgetImage(db, replaced)
  })
  await removeObjects(gone)
}
