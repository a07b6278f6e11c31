import 'server-only'
import { headers } from 'next/headers'
import { REQUEST_ID } from '#lib/observability/request-log'
import { notesOf } from '#lib/observability/request-notes'
import { sessionHash } from './session'
import { readCookie } from './session-cookie'

/** Where a request came from, as far as the server itself knows. */
export type Client = Readonly<{
  /** Empty when it isn't known. */
  ip: string
  /** What the browser calls itself; at most 300 letters, never trusted. */
  userAgent: string | null
  requestId: string | null
  /** Hash of the session's cookie, whether or not that session stands; null without one. */
  sessionHash: string | null
  /** What the browser keeps of whoever signed in with it last; unchecked. Null without it. */
  known: string | null
}>

/** The client of the current request. */
export async function currentClient(): Promise<Client> {
  const list = await headers()
  const requestId = list.get(REQUEST_ID)
  const userAgent = list.get('user-agent')?.slice(0, 300) ?? null
  const ip = notesOf(requestId)?.address ?? ''
  const known = await readCookie('known')
  return { ip, userAgent, requestId, sessionHash: await sessionHash(), known }
}
