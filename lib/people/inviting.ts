import 'server-only'
import type { Permission } from '#lib/auth/permissions'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { holdStanding } from '#lib/identity/standing'

/** Who invites: what they may do, and the language they read. */
export type Inviting = Readonly<{ actorId: string; held: ReadonlySet<Permission>; locale: string }>

/**
 * The same person with what they may do behind the lock that all changes of standing take: whoever was demoted while
 * they pressed promises nothing any more. Call it first.
 * @throws AppError 'forbidden' when they may not invite by now
 */
export async function inviterNow(db: TenantDb, by: Inviting): Promise<Inviting> {
  const held = await holdStanding(db, by.actorId)
  if (held === null || !held.has('user:invite'))
    throw new AppError('forbidden', 'The actor was demoted or left in the meantime.')
  return { ...by, held }
}
