/** How the room talks to the server. */

/** Bodies that a browser still sends while its page goes away; their sum is limited to 64 KiB. */
export const LAST_BYTES = 60_000

/** A request that hangs for longer is repeated: all of them may be. */
const PATIENCE = 15_000

/** A failed request: `later` may well be taken in a moment, the others need somebody. */
export type Failure = Readonly<{
  ok: false
  kind: 'later' | 'signed-out' | 'refused'
  /** Status of the answer; 0: there was none. */
  status: number
  /** What the server says. */
  message: string
  /** A word of the contract that tells refusals apart; empty where there is none. */
  reason: string
  /** Milliseconds that it asks to wait. */
  after: number
}>

/** An answer, and when it left and came by the monotonic clock. */
export type Answered<T> = Readonly<{ ok: true; value: T; sentAt: number; receivedAt: number }> | Failure

const UNREACHABLE: Failure = { ok: false, kind: 'later', status: 0, message: '', reason: '', after: 0 }

/** One word or sentence of a refusal's body. */
function said(body: unknown, what: 'message' | 'reason'): string {
  if (typeof body !== 'object' || body === null || !('error' in body)) return ''
  const { error } = body
  if (typeof error !== 'object' || error === null) return ''
  const value: unknown = Object.entries(error).find(([key]) => key === what)?.[1]
  return typeof value === 'string' ? value : ''
}

/** What a refused request says. */
export function failureOf(status: number, body: unknown, retryAfter: string | null): Failure {
  const after = Number(retryAfter ?? 0) * 1000
  const reason = said(body, 'reason')
  // A conflict that has no word of the contract is somebody else holding the attempt for a moment.
  const busy = status === 409 && reason === ''
  const kind = status >= 500 || status === 429 || status === 0 || busy ? 'later' : 'refused'
  return {
    ...{ ok: false, status, message: said(body, 'message'), reason },
    after: Number.isFinite(after) ? after : 0,
    kind: status === 401 ? 'signed-out' : kind,
  }
}

/** Asks the server. Never rejects. `T` is what the contract says that the address answers. */
export async function ask<T>(path: string, body: unknown): Promise<Answered<T>> {
  const text = JSON.stringify(body)
  const sentAt = performance.now()
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: text,
      keepalive: text.length < LAST_BYTES / 2,
      signal: AbortSignal.timeout(PATIENCE),
    })
    const receivedAt = performance.now()
    const answer: unknown = await response.json().catch(() => null)
    if (response.ok && answer !== null) return { ok: true, value: answer as T, sentAt, receivedAt }
    return failureOf(response.ok ? 0 : response.status, answer, response.headers.get('Retry-After'))
  } catch {
    return UNREACHABLE
  }
}

/** Sends what nobody will hear the answer of, because the page goes away. */
export function sendLast(path: string, body: unknown): boolean {
  const text = JSON.stringify(body)
  if (text.length > LAST_BYTES) return false
  return navigator.sendBeacon(path, new Blob([text], { type: 'application/json' }))
}

/** Milliseconds before try number `tries` + 1: doubling up to half a minute, and different for everybody. */
export function backoff(tries: number, atLeast = 0): number {
  const whole = Math.min(30_000, 1_000 * 2 ** Math.min(tries, 6))
  return Math.max(atLeast, whole / 2) + (Math.random() * whole) / 2
}
