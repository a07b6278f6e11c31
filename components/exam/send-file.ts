import { sendBody } from '../upload/send-body'
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

/**
 * Sends a file of an answer.
 * @param onProgress percent that has left
 */
export async function sendFile(
  place: Place,
  file: File,
  onProgress: (percent: number) => void,
): Promise<SentFile> {
  const address = `/api/exams/file?${String(new URLSearchParams({ ...place, name: file.name }))}`
  const { status, body } = await sendBody(address, file, onProgress)
  const done = status >= 200 && status < 300 ? arrived(body) : null
  const { message, reason } = failureOf(status, body, null)
  return done ?? { ok: false, reason: reason === '' ? null : reason, message }
}
