import 'server-only'
import { headers } from 'next/headers'
import { REQUEST_ID } from '#lib/observability/request-log'
import { notesOf } from '#lib/observability/request-notes'

/** Where a request came from, as far as the server itself knows. */
export type Client = Readonly<{
  /** Empty when it isn't known. */
  ip: string
  /** What the browser calls itself; at most 300 letters, never trusted. */
  userAgent: string | null
  requestId: string | null
}>

/** The client of the current request. */
export async function currentClient(): Promise<Client> {
  const list = await headers()
  const requestId = list.get(REQUEST_ID)
  const userAgent = list.get('user-agent')?.slice(0, 300) ?? null
  return { ip: notesOf(requestId)?.address ?? '', userAgent, requestId }
}
