import 'server-only'
import { openPublicFile } from '#lib/adapters/storage/local'
import { AppError } from '#lib/errors'
import { parseRange } from './byte-range'

/**
 * Answers with a school's public file, whole or the part that was asked for.
 * It may be kept by the visitor's own browser only: a shared cache would need the host in its key.
 * @throws AppError 'not_found'
 */
export async function servePublicFile(
  tenantId: string,
  segments: readonly string[],
  request: Readonly<{ method: string; headers: Headers }>,
): Promise<Response> {
  const file = await openPublicFile(tenantId, segments)
  if (file === null) throw new AppError('not_found', 'No such public file.')
  const headers = new Headers({
    'Content-Type': file.contentType,
    'Cache-Control': 'private, max-age=3600',
    'Accept-Ranges': 'bytes',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  })
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
