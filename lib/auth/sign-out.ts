import 'server-only'
import { recordAudit } from '#lib/db/queries/audit'
import { endSession } from '#lib/db/queries/sessions'
import { withRealm } from '#lib/db/tenant'
import type { Actor } from './actor'
import type { Client } from './client'
import type { Realm } from './session'
import { clearCookie } from './session-cookie'

/** Ends the request's session in the database, and then in the browser: a copy of the cookie is worth nothing. */
export async function signOut(realm: Realm, actor: Actor, client: Client): Promise<void> {
  if (actor.kind === 'person') {
    const { userId, sessionId } = actor
    await withRealm(realm.tenantId, async (db) => {
      if (!(await endSession(db, { userId, sessionId }))) return
      await recordAudit(db, {
        ...{ action: 'auth.signed-out', actorId: userId, targetType: 'User', targetId: userId },
        client,
      })
    })
  }
  await clearCookie('session')
}
