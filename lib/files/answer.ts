import 'server-only'
import type { StoredObject } from '#lib/adapters/storage/storage'
import { parseRange } from './byte-range'

export type FileRequest = Readonly<{ method: string; headers: Headers }>

/**
 * Answers with a file, whole or the part that was asked for. Whatever it is, nothing in it runs: its type is the one
 * given here, never guessed, and a page made of it would be sandboxed (proxy.ts sets that policy). It comes as it is:
 * compressed on the way, nobody would know how much is still to come, and a part would be none of the file.
 */
export function answerWith(
  file: StoredObject,
  request: FileRequest,
  more: Readonly<Record<string, string>>,
): Response {
  const headers = new Headers({
    'Content-Type': file.contentType,
    'Accept-Ranges': 'bytes',
    'X-Content-Type-Options': 'nosniff',
    ...more,
  })
  headers.append('Cache-Control', 'no-transform')
  const part = parseRange(request.headers.get('range'), file.size)
  if (part === null) {
    headers.set('Content-Range', `bytes */${String(file.size)}`)
    return new Response(null, { status: 416, headers })
  }
  const { start, end } = part === 'whole' ? { start: 0, end: file.size - 1 } : part
  headers.set('Content-Length', String(end - start + 1))
  if (part !== 'whole')
    headers.set('Content-Range', `bytes ${String(start)}-${String(end)}/${String(file.size)}`)
  // Next answers HEAD by running GET; a body made for it would never be read.
  const body = request.method === 'HEAD' ? null : file.read(start, end)
  return new Response(body, { status: part === 'whole' ? 200 : 206, headers })
}
