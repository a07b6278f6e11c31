import 'server-only'
import { type FileHandle, open, stat } from 'node:fs/promises'
import path from 'node:path'
import { config } from '#lib/config'

/** A stored file: its size in bytes, its type by extension, and a reader of any part of it. */
export type StoredFile = Readonly<{
  size: number
  contentType: string
  /** Both ends included. */
  read: (start: number, end: number) => ReadableStream
}>

/** Bytes read at a time. */
const CHUNK = 65_536

/** Only kinds that can't run script are ever served; anything else is as good as absent. */
const TYPES: Readonly<Record<string, string>> = {
  '.webp': 'image/webp',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt; charset=utf-8',
}

/**
 * A stream that opens its file when the first byte is asked for and closes it at the end, on cancel and on error.
 * One that opens at once would keep a descriptor for every answer whose body nobody reads (HEAD, a broken connection).
 */
function lazily(file: string, start: number, end: number): ReadableStream<Uint8Array> {
  let handle: FileHandle | undefined
  let position = start
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        handle ??= await open(file)
        const wanted = Math.min(CHUNK, end - position + 1)
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, position)
        position += bytesRead
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead))
        if (bytesRead === 0 || position > end) {
          await handle.close()
          controller.close()
        }
      },
      async cancel() {
        await handle?.close()
      },
    },
    { highWaterMark: 0 },
  )
}

const SEGMENT = /^[a-z0-9][a-z0-9._-]{0,99}$/

/**
 * A school's public file. The key is built here from the school's id, so a path can't name another school's files.
 * @returns null for a path that isn't plain, a kind that isn't served, or a file that isn't there
 */
export async function openPublicFile(
  tenantId: string,
  segments: readonly string[],
): Promise<StoredFile | null> {
  if (segments.length === 0 || !segments.every((segment) => SEGMENT.test(segment))) return null
  const contentType = TYPES[path.extname(segments.at(-1) ?? '')]
  if (contentType === undefined) return null
  const file = path.join(path.resolve(config().storageDir), tenantId, 'public', ...segments)
  const found = await stat(file).catch(() => null)
  if (found === null || !found.isFile() || found.size === 0) return null
  return {
    size: found.size,
    contentType,
    read: (start, end) => lazily(file, start, end),
  }
}
