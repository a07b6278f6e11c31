import { sendBody } from '../upload/send-body'
import type { WorkFile } from '#lib/assignments/contract'

type Place = Readonly<{ assignmentId: string; seen: string }>

/** `seen`: for the form; null: another page has saved meanwhile. */
type Arrived = Readonly<{ ok: true; file: WorkFile; seen: string | null }>
/** `reason`: a word of the contract; null: trying again may help. */
type Missing = Readonly<{ ok: false; reason: string | null }>

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function arrived(body: unknown): Arrived | null {
  if (typeof body !== 'object' || body === null) return null
  if (!('key' in body && 'name' in body && 'bytes' in body && 'url' in body && 'seen' in body)) return null
  const { key, name, bytes, url, seen } = body
  const file = { key: String(key), name: String(name), bytes: Number(bytes), url: textOr(url) }
  return { ok: true, file, seen: textOr(seen) }
}

function reasonOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null
  const { error } = body
  return typeof error === 'object' && error !== null && 'reason' in error ? textOr(error.reason) : null
}

/** Sends a file, which becomes part of the draft. Never rejects. @param onProgress percent that has left */
export async function sendWorkFile(
  place: Place,
  file: File,
  onProgress: (percent: number) => void,
): Promise<Arrived | Missing> {
  const query = new URLSearchParams({ ...place, name: file.name })
  const { status, body } = await sendBody(`/api/assignments/file?${String(query)}`, file, onProgress)
  const done = status >= 200 && status < 300 ? arrived(body) : null
  return done ?? { ok: false, reason: reasonOf(body) }
}

/** Takes a file out of the draft. Never rejects. */
export async function removeWorkFile(
  place: Place,
  key: string,
): Promise<Readonly<{ ok: boolean; seen: string | null }>> {
  const query = new URLSearchParams({ ...place, key })
  try {
    const response = await fetch(`/api/assignments/file?${String(query)}`, { method: 'DELETE' })
    const body: unknown = await response.json()
    const seen = typeof body === 'object' && body !== null && 'seen' in body ? textOr(body.seen) : null
    return { ok: response.ok, seen }
  } catch {
    return { ok: false, seen: null }
  }
}
