import 'server-only'
import type { Reader } from '#lib/db/queries/catalog'
import { getLessonToEdit } from '#lib/db/queries/lesson-editor'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { publicUrl } from '#lib/files/rules'
import { prepareImage, storeImage } from '#lib/files/store-image'
import type { UploadedPicture } from './contract'

type Input = Readonly<{
  tenantId: string
  userId: string
  lessonId: string
  reader: Reader
  timeZone: string
  bytes: Uint8Array
  /** Of the school's plan. */
  limitBytes: number | null
  /** Writes the log, in the unit that books the picture. */
  record: (db: TenantDb, key: string) => Promise<void>
}>

/**
 * Takes a picture for a lesson: decoded, encoded anew, stored, booked.
 * @throws AppError 'not_found' for a lesson that isn't this person's to edit, and as `prepareImage` and `storeImage`
 */
export async function storePicture(input: Input): Promise<UploadedPicture> {
  const { tenantId, userId, lessonId, reader, timeZone, bytes, limitBytes, record } = input
  // Before any work is done for somebody who may not.
  await withTenant(tenantId, (db) => getLessonToEdit(db, { lessonId, reader, timeZone, lock: false }))
  const image = await prepareImage(tenantId, 'picture', bytes)
  return storeImage(image, { uploadedById: userId, limitBytes }, async (db, key) => {
    await record(db, key)
    const { width, height } = image
    return { replaced: null, result: { src: key, width, height, url: publicUrl(tenantId, key) ?? '' } }
  })
}
