import 'server-only'
import { linkToken } from '#lib/adapters/keys/keys'
import type { Actor } from './actor'
import { readCookie } from './session-cookie'

/**
 * Who asked, in this very session, for an identity at a provider to become theirs; null for nobody. Being signed in is
 * not asking: a link that somebody else sends would otherwise make the sender's identity a way into this account.
 */
export async function whoAskedToLink(actor: Actor): Promise<string | null> {
  if (actor.kind === 'anonymous') return null
  const kept = await readCookie('link')
  const asked = kept === linkToken('link-intent', actor.tenantId, actor.sessionId)
  return asked ? actor.userId : null
}
