import 'server-only'
import type { Entered } from '#lib/identity/open-session'
import { writeSession, writeStep } from './session-cookie'

/**
 * Keeps in the browser what a sign-in came to.
 * @param next where to go once it is complete; a path of this host @returns the path to go to now
 */
export async function writeEntered(entered: Entered, next: string): Promise<string> {
  if (entered.kind === 'session') {
    await writeSession(entered.token)
    return next
  }
  await writeStep(entered.token)
  return `/sign-in/second-factor?next=${encodeURIComponent(next)}`
}
