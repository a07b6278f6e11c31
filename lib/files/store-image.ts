import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { contentTypeOf } from '#lib/adapters/storage/keys'
import { storage } from '#lib/adapters/storage/storage'
import { forgetFiles, recordFiles } from '#lib/db/queries/files'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { IMAGE_SHAPES, type ImageKind } from './contract'
import { encodeImage } from './image'
import { variantKeys } from './rules'

/**
 * A picture's way from an upload to a column. Decoding takes CPU and the store may be a network away, so neither
 * happens inside a unit of work:
 *
 *   prepareImage  decodes and encodes          no unit
 *   writeImage    puts the sizes in the store  no unit
 *   recordImage   books, quota, old picture    inside the unit that also sets the column
 *   removeObjects what is no longer booked     after that unit
 *
 * A process that dies between two of them leaves objects that nobody's books hold, never books without objects;
 * `removeUnrecorded` takes those a day later. `storeImage` does all but the first in this order.
 */

/** A picture in all its sizes, decoded, checked and encoded, but not stored yet. */
export type PreparedImage = Readonly<{
  tenantId: string
  kind: ImageKind
  /** Of the largest size: what a column holds. */
  key: string
  /** Pixels of the largest size. */
  width: number
  height: number
  variants: readonly Readonly<{ key: string; bytes: Buffer; sha256: string }>[]
}>

/**
 * Turns somebody's upload into a school's picture. Its name can't be guessed and is never used again, so that a
 * browser may keep it.
 * @throws AppError as `encodeImage`
 */
export async function prepareImage(
  tenantId: string,
  kind: ImageKind,
  bytes: Uint8Array,
): Promise<PreparedImage> {
  const stem = `${tenantId}/public/${IMAGE_SHAPES[kind].folder}/${randomBytes(16).toString('hex')}`
  const encoded = await encodeImage(bytes, kind)
  const variants = encoded.map((one) => ({
    key: `${stem}-${String(one.size)}.webp`,
    bytes: one.bytes,
    sha256: createHash('sha256').update(one.bytes).digest('hex'),
  }))
  const { width = 0, height = 0 } = encoded.at(-1) ?? {}
  return { tenantId, kind, key: variants.at(-1)?.key ?? '', width, height, variants }
}

/** Puts a picture's sizes into the store. @throws AppError 'unavailable'; none of them stays then */
export async function writeImage(image: PreparedImage): Promise<void> {
  const put = ({ key, bytes }: PreparedImage['variants'][number]) =>
    storage().put(key, bytes, { contentType: contentTypeOf(key) })
  const results = await Promise.allSettled(image.variants.map(put))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed === undefined) return
  await removeObjects(image.variants.map(({ key }) => key))
  throw failed.reason
}

type Booking = Readonly<{
  uploadedById: string | null
  /** Of the school's plan: `limitsOf(school.plan).storageBytes`. */
  limitBytes: number | null
  /** Key that the column held until now. */
  replaced: string | null
}>

/**
 * Books a written picture, in the unit of work that sets the column. The old one is given back first: a school at its
 * limit may still replace a picture.
 * @returns keys for `removeObjects`, once the unit has been committed
 * @throws AppError 'limit_reached'
 */
export async function recordImage(db: TenantDb, image: PreparedImage, booking: Booking): Promise<string[]> {
  const { uploadedById, limitBytes, replaced } = booking
  const gone = replaced === null ? [] : await forgetImage(db, replaced)
  const files = image.variants.map(({ key, bytes, sha256 }) => ({
    ...{ key, kind: image.kind, contentType: contentTypeOf(key), uploadedById, sha256 },
    bytes: bytes.byteLength,
  }))
  await recordFiles(db, files, limitBytes)
  return gone
}

/**
 * Takes a picture out of the books, in the unit of work that empties the column. A file that never was in them (the
 * demo's own covers) stays.
 * @returns keys for `removeObjects`, once the unit has been committed
 */
export async function forgetImage(db: TenantDb, key: string): Promise<string[]> {
  return forgetFiles(db, variantKeys(key))
}

/** Removes objects as well as it can; one that can't be reached now is left for `removeUnrecorded`. */
export async function removeObjects(keys: readonly string[]): Promise<void> {
  await Promise.allSettled(keys.map((key) => storage().remove(key)))
}

/** An answer that got lost may have been "committed"; every other refusal has undone the unit. */
function isUndone(error: unknown): boolean {
  return error instanceof AppError && error.code !== 'unavailable'
}

/**
 * Writes a picture, and books it in a unit of work of its own together with what `work` does there: set the column,
 * write the audit row. Call it outside of any unit.
 * @param work gets the new key; says which key it replaced, and what the caller wants to know
 * @throws AppError 'limit_reached', 'unavailable', and what `work` throws
 */
export async function storeImage<T>(
  image: PreparedImage,
  booking: Omit<Booking, 'replaced'>,
  work: (db: TenantDb, key: string) => Promise<Readonly<{ replaced: string | null; result: T }>>,
): Promise<T> {
  await writeImage(image)
  try {
    const { result, gone } = await withTenant(image.tenantId, async (db) => {
      const done = await work(db, image.key)
      const old = await recordImage(db, image, { ...booking, replaced: done.replaced })
      return { result: done.result, gone: old }
    })
    await removeObjects(gone)
    return result
  } catch (error) {
    if (isUndone(error)) await removeObjects(image.variants.map(({ key }) => key))
    throw error
  }
}
