import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { contentTypeOf } from '#lib/adapters/storage/keys'
import { storage } from '#lib/adapters/storage/storage'
import type { Reader } from '#lib/db/queries/catalog'
import { forgetFiles, recordFile } from '#lib/db/queries/files'
import { getLessonToEdit } from '#lib/db/queries/lesson-editor'
import { findFinished, findUpload, staleUploads, type Upload } from '#lib/db/queries/uploads'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { lessonFileUrl } from '#lib/files/lesson-file-url'
import { joined } from '#lib/files/parts'
import { translator } from '#lib/i18n/translate'
import { CHUNK_BYTES, MOST_BYTES, type UploadedFile, type UploadKind, type UploadState } from './contract'
import { extensionOf, looksLike } from './rules/file-types'

/**
 * Large files, in parts that can be sent again:
 *
 *   begin    books the whole file as 'upload', so that the plan is asked once and for all
 *   receive  puts a part into the store under a key of its own, as often as it is sent
 *   state    says which parts are there: what a page asks after a lost connection
 *   finish   puts the parts together under the file's key, and books that in place of the upload
 *
 * No byte is moved inside a unit of work. Parts nobody finished have names that `removeUnrecorded` takes after a day.
 */

/** Who uploads, and where to. */
export type Sender = Readonly<{ tenantId: string; userId: string; locale: string }>

type Fault = 'type' | 'content' | 'size'

function refused(locale: string, fault: Fault): AppError {
  const fields = { file: translator(locale, 'editor')(`upload.${fault}`) }
  return new AppError(fault === 'size' ? 'payload_too_large' : 'invalid_input', `An upload: ${fault}.`, {
    fields,
  })
}

const folderOf = (tenantId: string, id: string) => `${tenantId}/private/uploads/${id}/`
const partKey = (tenantId: string, id: string, offset: number) =>
  `${folderOf(tenantId, id)}${id}-${String(offset)}.part`
/** The file itself, without its extension. */
const finalStem = (tenantId: string, id: string) => `${tenantId}/private/lessons/${id}`
/** What stands in the books while the parts arrive: the extension tells what it will be. */
const bookedKey = (tenantId: string, id: string, extension: string) =>
  `${folderOf(tenantId, id)}${id}.${extension}`

function offsetsOf(bytes: number): number[] {
  return Array.from({ length: Math.ceil(bytes / CHUNK_BYTES) }, (_, index) => index * CHUNK_BYTES)
}

type Begin = Readonly<{
  lessonId: string
  kind: UploadKind
  name: string
  bytes: number
  reader: Reader
  timeZone: string
  /** Of the school's plan. */
  limitBytes: number | null
}>

/**
 * Makes room for a file, in a unit of work of the caller's. Uploads of the school that nobody went on with for a day
 * give theirs back. @throws AppError 'not_found', 'invalid_input', 'payload_too_large', 'limit_reached'
 */
export async function beginUpload(db: TenantDb, sender: Sender, input: Begin): Promise<UploadState> {
  const { lessonId, kind, name, bytes, reader, timeZone, limitBytes } = input
  await getLessonToEdit(db, { lessonId, reader, timeZone, lock: false })
  const extension = extensionOf(kind, name)
  if (extension === null) throw refused(sender.locale, 'type')
  if (bytes > MOST_BYTES[kind]) throw refused(sender.locale, 'size')
  await forgetFiles(db, await staleUploads(db))
  const uploadId = randomBytes(16).toString('hex')
  const key = bookedKey(db.tenantId, uploadId, extension)
  const file = { key, kind: 'upload', contentType: contentTypeOf(key), bytes, sha256: '' }
  await recordFile(db, { ...file, uploadedById: sender.userId }, limitBytes)
  return { uploadId, chunkBytes: CHUNK_BYTES, received: [] }
}

async function uploadOf(sender: Sender, uploadId: string): Promise<Upload> {
  const upload = await withTenant(sender.tenantId, (db) =>
    findUpload(db, { folder: folderOf(db.tenantId, uploadId), userId: sender.userId }),
  )
  if (upload === null) throw new AppError('not_found', 'There is no such upload of this person’s.')
  return upload
}

/** Takes one part. @throws AppError 'not_found', 'invalid_input' for a part of another length or the wrong beginning */
export async function receivePart(
  sender: Sender,
  uploadId: string,
  part: Readonly<{ offset: number; bytes: Uint8Array }>,
): Promise<void> {
  const upload = await uploadOf(sender, uploadId)
  const { offset, bytes } = part
  const wanted = Math.min(CHUNK_BYTES, upload.bytes - offset)
  if (offset % CHUNK_BYTES !== 0 || wanted <= 0 || bytes.byteLength !== wanted)
    throw new AppError('invalid_input', 'A part has another place or length than it should.')
  if (offset === 0 && !looksLike(upload.extension, bytes)) throw refused(sender.locale, 'content')
  const key = partKey(sender.tenantId, uploadId, offset)
  await storage().put(key, bytes, { contentType: contentTypeOf(key) })
}

async function receivedOf(sender: Sender, uploadId: string): Promise<number[]> {
  const received: number[] = []
  for await (const { key } of storage().list(folderOf(sender.tenantId, uploadId))) {
    const offset = /-(\d+)\.part$/.exec(key)?.[1]
    if (offset !== undefined) received.push(Number(offset))
  }
  return received.sort((a, b) => a - b)
}

/** Which parts are there. @throws AppError 'not_found' */
export async function uploadState(sender: Sender, uploadId: string): Promise<UploadState> {
  await uploadOf(sender, uploadId)
  return { uploadId, chunkBytes: CHUNK_BYTES, received: await receivedOf(sender, uploadId) }
}

/** The parts as one stream. */
function streamOf(keys: readonly string[], seen: (bytes: Uint8Array) => void): ReadableStream<Uint8Array> {
  const source = joined(keys)
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await source.next()
      if (next.done === true) controller.close()
      else {
        seen(next.value)
        controller.enqueue(next.value)
      }
    },
    async cancel() {
      await source.return(undefined)
    },
  })
}

async function removeParts(sender: Sender, uploadId: string): Promise<void> {
  const received = await receivedOf(sender, uploadId)
  await Promise.allSettled(
    received.map((offset) => storage().remove(partKey(sender.tenantId, uploadId, offset))),
  )
}

/** Puts the parts together under the file's key. @throws AppError 'conflict' while parts are missing */
async function assemble(
  sender: Sender,
  uploadId: string,
  upload: Upload,
): Promise<Readonly<{ key: string; bytes: number; sha256: string }>> {
  const { tenantId } = sender
  const offsets = offsetsOf(upload.bytes)
  const received = new Set(await receivedOf(sender, uploadId))
  if (!offsets.every((offset) => received.has(offset)))
    throw new AppError('conflict', 'Parts of an upload are missing.')
  const key = `${finalStem(tenantId, uploadId)}.${upload.extension}`
  const hash = createHash('sha256')
  let bytes = 0
  const stream = streamOf(
    offsets.map((offset) => partKey(tenantId, uploadId, offset)),
    (chunk) => {
      hash.update(chunk)
      bytes += chunk.byteLength
    },
  )
  await storage().put(key, stream, { contentType: contentTypeOf(key) })
  return { key, bytes, sha256: hash.digest('hex') }
}

type Finish = Readonly<{
  /** What it was called on the sender's side. */
  name: string
  /** Of the school's plan. */
  limitBytes: number | null
  /** Writes the log, in the unit that books the file. */
  record: (db: TenantDb, file: Readonly<{ key: string; bytes: number }>) => Promise<void>
}>

/**
 * Makes one file of an upload whose parts are all there. Asked a second time, because the first answer got lost, it
 * gives the same file. @throws AppError 'not_found', 'conflict' while parts are missing, 'limit_reached'
 */
export async function finishUpload(
  sender: Sender,
  uploadId: string,
  { name, limitBytes, record }: Finish,
): Promise<UploadedFile> {
  const { tenantId, userId } = sender
  const answer = (key: string, bytes: number): UploadedFile => ({
    ...{ key, name, bytes },
    url: lessonFileUrl(tenantId, key) ?? '',
  })
  const stem = finalStem(tenantId, uploadId)
  const done = await withTenant(tenantId, (db) => findFinished(db, { stem, userId }))
  if (done !== null) return answer(done.key, done.bytes)
  const upload = await uploadOf(sender, uploadId)
  const { key, bytes, sha256 } = await assemble(sender, uploadId, upload)
  const isMine = await withTenant(tenantId, async (db) => {
    // Whoever finishes it at the same moment has booked the very same file.
    if ((await forgetFiles(db, [upload.key])).length === 0) return false
    const file = { key, kind: 'lesson', contentType: contentTypeOf(key), bytes, sha256 }
    await recordFile(db, { ...file, uploadedById: userId }, limitBytes)
    await record(db, { key, bytes })
    return true
  })
  if (isMine) await removeParts(sender, uploadId)
  return answer(key, bytes)
}

/** Gives an upload up, with what has arrived of it. @throws AppError 'not_found' */
export async function cancelUpload(sender: Sender, uploadId: string): Promise<void> {
  const upload = await uploadOf(sender, uploadId)
  await withTenant(sender.tenantId, (db) => forgetFiles(db, [upload.key]))
  await removeParts(sender, uploadId)
}
