import 'server-only'
import path from 'node:path'

/**
 * A storage key: `<tenant>/public/<…>` or `<tenant>/private/<…>`. It is made by code, never from what a client sent,
 * and each store checks it once more: the first segment is the wall between two schools' files.
 */

const TENANT = /^[a-z0-9]{1,40}$/
/** Starts with a letter or digit, so neither `..` nor a hidden file can be one. */
const SEGMENT = /^[a-z0-9][a-z0-9._-]{0,99}$/
/** With the segments' length this stays below the 1,024 bytes that S3 allows. */
const MOST_SEGMENTS = 8

/** Whether a text is a key. */
export function isKey(text: string): boolean {
  const [tenant = '', area = '', ...rest] = text.split('/')
  return (
    TENANT.test(tenant) &&
    (area === 'public' || area === 'private') &&
    rest.length >= 1 &&
    rest.length <= MOST_SEGMENTS &&
    rest.every((segment) => SEGMENT.test(segment))
  )
}

/** @throws Error for anything that isn't a key: whoever made it has a fault */
export function assertKey(key: string): void {
  if (!isKey(key)) throw new Error('That is no storage key.')
}

/** A folder of one school, with the slash at its end: `<tenant>/`, `<tenant>/public/`. @throws Error */
export function assertPrefix(prefix: string): void {
  const [tenant = '', ...rest] = prefix.split('/')
  const last = rest.pop()
  if (!TENANT.test(tenant) || last !== '' || !rest.every((segment) => SEGMENT.test(segment)))
    throw new Error('That is no folder of a school.')
}

/** Kinds that a browser may show in place, because none of them can run script. */
const SHOWN: Readonly<Record<string, string>> = {
  '.webp': 'image/webp',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.wav': 'audio/wav',
  '.vtt': 'text/vtt; charset=utf-8',
}

/** Kinds that are only ever downloaded. HTML, SVG, XML and scripts are missing on purpose: they have no type of their own. */
const DOWNLOADED: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.zip': 'application/zip',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  '.odt': 'application/vnd.oasis.opendocument.text',
  '.ods': 'application/vnd.oasis.opendocument.spreadsheet',
  '.odp': 'application/vnd.oasis.opendocument.presentation',
}

/** The content type of a key or file name: its extension decides, nothing that anybody claimed. */
export function contentTypeOf(name: string): string {
  const extension = path.posix.extname(name).toLowerCase()
  return SHOWN[extension] ?? DOWNLOADED[extension] ?? 'application/octet-stream'
}

/** Whether a browser may show it in place. */
export function isShown(name: string): boolean {
  return path.posix.extname(name).toLowerCase() in SHOWN
}
