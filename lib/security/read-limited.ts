import 'server-only'
import { AppError } from '#lib/errors'

/** Reads a request's body as text and stops at `limit` bytes, whatever its Content-Length claimed. */
export async function readLimited(request: Request, limit: number): Promise<string> {
  const reader = request.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > limit) {
      await reader.cancel()
      throw new AppError('payload_too_large', `A body is larger than ${String(limit)} bytes.`)
    }
    text += decoder.decode(value, { stream: true })
  }
}
