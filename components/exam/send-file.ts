import { failureOf } from './wire'

export type Place = Readonly<{ examId: string; attemptId: string; questionId: string }>

/** A file that has arrived, or why it hasn't: `reason` is a word of FILE_REFUSALS, null where trying again may help. */
export type SentFile =
  | Readonly<{ ok: true; key: string; name: string }>
  | Readonly<{ ok: false; reason: string | null; message: string }>

function arrived(body: unknown): SentFile | null {
  if (typeof body !== 'object' || body === null || !('key' in body) || !('name' in body)) return null
  return { ok: true, key: String(body.key), name: String(body.name) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Sends a file of an answer. XMLHttpRequest, because `fetch` doesn't say how far it is.
 * @param onProgress percent that has left
 */
export function sendFile(place: Place, file: File, onProgress: (percent: number) => void): Promise<SentFile> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const failed = (): void => resolve({ ok: false, reason: null, message: '' })
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total === 0 ? 0 : Math.floor((100 * loaded) / total)),
    )
    request.addEventListener('load', () => {
      const body = parsed(request.responseText)
      const done = request.status < 300 ? arrived(body) : null
      const { message, reason } = failureOf(request.status, body, null)
      resolve(done ?? { ok: false, reason: reason === '' ? null : reason, message })
    })
    request.addEventListener('error', failed)
    request.addEventListener('abort', failed)
    request.open('POST', `/api/exams/file?${String(new URLSearchParams({ ...place, name: file.name }))}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.send(file)
  })
}
