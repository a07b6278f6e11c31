import 'server-only'
import { newKnownBrowser } from '#lib/adapters/keys/known-browser'
import { sessionTokenHash } from '#lib/adapters/keys/session-token'
import { findSession } from '#lib/db/session'
import type { Entered } from '#lib/identity/open-session'
import { realmOfRequest } from './session'
import { writeKnown, writeSession, writeStep } from './session-cookie'

/**
 * Signs this browser in, and makes it one that the person is known by when they sign in again.
 * @param token of a session that stands
 */
export async function keepSession(token: string): Promise<void> {
  await writeSession(token)
  const { tenantId } = await realmOfRequest()
  const row = await findSession(tenantId, sessionTokenHash(token) ?? '')
  if (row !== null) await writeKnown(newKnownBrowser({ tenantId, userId: row.userId }))
}

/**
 * Keeps in the browser what a sign-in came to.
 * @param next where to go once it is complete; a path of this host @returns the path to go to now
 */
export async function writeEntered(entered: Entered, next: string): Promise<string> {
  if (entered.kind === 'session') {
    await keepSession(entered.token)
    return next
  }
  await writeStep(entered.token)
  return `/sign-in/second-factor?next=${encodeURIComponent(next)}`
}
