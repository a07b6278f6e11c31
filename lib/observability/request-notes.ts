import 'server-only'
import type { School } from '#lib/tenancy/school'

/**
 * What the parts of one request learn about it, kept under the id that the server gave the request.
 * Only the listener in request-log.ts makes entries, so an id sent by a client finds nothing.
 */
export type RequestNotes = {
  route?: string
  tenantId?: string
  errorId?: string
  school?: School | null
  /** IP address that the request came from. For throttles, sessions and the audit log; never logged. */
  address?: string
  /** Sets the status of an answer whose first byte is still to come; a component has no other way to. */
  answerWith?: (status: number) => void
  /** Says how many bytes the answer's body has, before its first one. Next leaves that out of what a route answers. */
  announceLength?: (bytes: string) => void
}

const store = globalThis as typeof globalThis & { smartlmsRequests?: Map<string, RequestNotes> }

function all(): Map<string, RequestNotes> {
  store.smartlmsRequests ??= new Map()
  return store.smartlmsRequests
}

export function openNotes(id: string): RequestNotes {
  const notes: RequestNotes = {}
  all().set(id, notes)
  return notes
}

export function closeNotes(id: string): void {
  all().delete(id)
}

/** The notes of a running request; null for an id that the server did not give out. */
export function notesOf(id: string | null): RequestNotes | null {
  return id === null ? null : (all().get(id) ?? null)
}
