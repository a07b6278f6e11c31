import 'server-only'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { config } from '#lib/config'

/** A stored file: its size in bytes, its type by extension, and a reader of any part of it. */
export type StoredFile = Readonly<{
  size: number
  contentType: string
  /** Both ends included. */
  read: (start: number, end: number) => ReadableStream
}>

/** Only kinds that can't run script are ever served; anything else is as good as absent. */
const TYPES: Readonly<Record<string, string>> = {
  '.webp': 'image/webp',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt; charset=utf-8',
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
  if (found === null || !found.isFile()) return null
  return {
    size: found.size,
    contentType,
    read: (start, end) => Readable.toWeb(createReadStream(file, { start, end })) as ReadableStream,
  }
}
