import 'server-only'
import { randomUUID } from 'node:crypto'
import diagnostics from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from './log'
import { closeNotes, openNotes } from './request-notes'
import { markPeer } from './peer'

export const REQUEST_ID = 'x-request-id'

type Started = { request: IncomingMessage; response: ServerResponse }

function isStarted(message: unknown): message is Started {
  return typeof message === 'object' && message !== null && 'request' in message && 'response' in message
}

/** `/courses/abc?q=x` → nothing personal: the pattern that matched, or the kind of thing it was. */
function fallbackRoute(path: string): string {
  if (path.startsWith('/_next/static/')) return '/_next/static'
  return 'unmatched'
}

function onStart(message: unknown): void {
  if (!isStarted(message)) return
  const { request, response } = message
  const started = performance.now()
  const id = randomUUID()
  // Node gives Next this same headers object: whatever a client sent under these names is gone from here on.
  request.headers[REQUEST_ID] = id
  const address = markPeer(request)
  const notes = openNotes(id)
  notes.address = address
  notes.answerWith = (status) => {
    if (response.headersSent) return
    response.statusCode = status
    if (status === 503) response.setHeader('Retry-After', '2')
  }
  notes.announceLength = (bytes) => {
    if (!response.headersSent) response.setHeader('Content-Length', bytes)
  }
  const fallback = fallbackRoute(request.url ?? '')
  response.once('close', () => {
    closeNotes(id)
    log().info({
      id,
      tenant: notes.tenantId ?? null,
      route: notes.route ?? fallback,
      method: request.method,
      status: response.writableFinished ? response.statusCode : 499,
      ms: Math.round((performance.now() - started) * 10) / 10,
      ...(notes.errorId === undefined ? {} : { errorId: notes.errorId }),
    })
  })
}

const store = globalThis as typeof globalThis & { smartlmsRequestLog?: true }

/** Logs one line per request of this process, from Node's own channel, whatever part of Next answers it. */
export function startRequestLog(): void {
  if (store.smartlmsRequestLog) return
  store.smartlmsRequestLog = true
  diagnostics.subscribe('http.server.request.start', onStart)
}
