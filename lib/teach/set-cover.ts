import 'server-only'
import type { AuditEntry } from '#lib/db/queries/audit'
import { type Author, isCoverShared, lockEditable, writeCover } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { forgetImage, prepareImage, recordImage, removeObjects, writeImage } from '#lib/files/store-image'

type With = Readonly<{
  /** One unit of work in which whoever acts is still signed in and may still do it. */
  unit: <T>(query: (db: TenantDb) => Promise<T>) => Promise<T>
  /** Appends to the audit log, in the unit of the change. */
  record: (db: TenantDb, entry: AuditEntry) => Promise<void>
}>

type Course = Readonly<{ courseId: string; by: Author }>

function entry(courseId: string, before: string | null, after: string | null): AuditEntry {
  return { targetType: 'Course', targetId: courseId, before: { cover: before }, after: { cover: after } }
}

/** Sets the cover. @returns the one before, unless a copy of the course still shows it */
async function replace(db: TenantDb, { courseId, by }: Course, thumbnail: string | null) {
  const { thumbnail: before } = await lockEditable(db, { courseId, by })
  await writeCover(db, { courseId, thumbnail })
  const shared = before !== null && (await isCoverShared(db, { courseId, thumbnail: before }))
  return { before, gone: shared ? null : before }
}

/**
 * Gives a course a cover; the one before goes with its bytes. Decoding and the store hold no connection.
 * @param input.limitBytes of the school's plan; null: none
 * @throws AppError 'invalid_input' and 'payload_too_large' naming the field `file`, 'limit_reached', 'rate_limited',
 *   'not_found'; 'forbidden' when the course is a colleague's
 */
export async function setCover(
  { unit, record }: With,
  input: Course & Readonly<{ tenantId: string; bytes: Uint8Array; limitBytes: number | null }>,
): Promise<void> {
  const { tenantId, courseId, by, limitBytes } = input
  // Asked before the work of decoding, and once more when it is done.
  await unit((db) => lockEditable(db, input))
  const image = await prepareImage(tenantId, 'cover', input.bytes)
  await writeImage(image)
  const removed = await unit(async (db) => {
    const { before, gone } = await replace(db, input, image.key)
    await record(db, entry(courseId, before, image.key))
    return recordImage(db, image, { uploadedById: by.userId, limitBytes, replaced: gone })
  }).catch(async (error: unknown) => {
    // An answer that got lost may have been "committed": then the books hold the picture, and it stays.
    const undone = error instanceof AppError && error.code !== 'unavailable'
    if (undone) await removeObjects(image.variants.map(({ key }) => key))
    throw error
  })
  await removeObjects(removed)
}

/** Takes a course's cover away; a drawing stands in its place. Doing it again changes nothing. @throws as `setCover` */
export async function removeCover({ unit, record }: With, input: Course): Promise<void> {
  const removed = await unit(async (db) => {
    const { before, gone } = await replace(db, input, null)
    if (before === null) return []
    await record(db, entry(input.courseId, before, null))
    return gone === null ? [] : forgetImage(db, gone)
  })
  await removeObjects(removed)
}
