import 'server-only'
import { createHash } from 'node:crypto'
import { contentTypeOf } from '#lib/adapters/storage/keys'
import { storage } from '#lib/adapters/storage/storage'
import { AppError } from '#lib/errors'
import { PART_BYTES } from './contract/part-bytes'
import type { Part } from './contract/parts'

/**
 * Files in parts that learners hand in. One place has one such upload at a time, so that what nobody finishes can't
 * grow; `removeUnrecorded` takes it after a day.
 */

/** The bytes of stored parts as one stream, one open at a time. @throws AppError 'conflict' in it for one that is gone */
export async function* joined(keys: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const key of keys) {
    const part = await storage().open(key)
    if (part === null) throw new AppError('conflict', 'A part of an upload is gone.')
    yield* part.read(0, part.size - 1)
  }
}

type Body = AsyncIterable<Uint8Array>

async function bytesOf(body: Body, wanted: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > wanted) break
    chunks.push(chunk)
  }
  if (size !== wanted) throw new AppError('invalid_input', 'A part has another length than it should.')
  return Buffer.concat(chunks)
}

/** The whole of a file, and what takes its parts away again. */
export type Whole = Readonly<{ body: Body; forget: () => Promise<void> }>

type Sent = Readonly<{ tenantId: string; place: string; part: Part | undefined; body: Body }>

/**
 * The file that a request completes: its own body, or the parts before it and that one.
 * @param place what the file is for, and whose it is: its parts lie apart from all others'
 * @returns null while other parts have to come
 * @throws AppError 'invalid_input' for a part that was cut off; 'conflict' when one before the last is missing
 */
export async function wholeOf({ tenantId, place, part, body }: Sent): Promise<Whole | null> {
  if (part === undefined) return { body, forget: () => Promise.resolve() }
  const { upload, offset, size } = part
  const name = createHash('sha256').update(place).digest('hex').slice(0, 32)
  const folder = `${tenantId}/private/uploads/${name}/`
  const keyOf = (from: number): string => `${folder}${upload}-${String(from)}.part`
  const bytes = await bytesOf(body, Math.min(PART_BYTES, size - offset))
  const there = new Set<string>()
  for await (const { key } of storage().list(folder)) there.add(key)
  const forget = async (): Promise<void> => {
    await Promise.allSettled([...there].map((key) => storage().remove(key)))
  }
  if (offset === 0) await forget()
  const last = keyOf(offset)
  await storage().put(last, bytes, { contentType: contentTypeOf(last) })
  there.add(last)
  if (offset + bytes.byteLength < size) return null
  const keys = Array.from({ length: Math.ceil(size / PART_BYTES) }, (_, index) => keyOf(index * PART_BYTES))
  if (!keys.every((key) => there.has(key))) throw new AppError('conflict', 'Parts of an upload are missing.')
  return { body: joined(keys), forget }
}
