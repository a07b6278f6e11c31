import 'server-only'
import { effectivePermissions, type Permission } from '#lib/auth/permissions'
import { findRoles, readStandings } from '#lib/db/queries/people'
import { holdStandings } from '#lib/db/queries/people-changes'
import type { InvitationRow } from '#lib/db/queries/invitations'
import type { TenantDb } from '#lib/db/tenant'
import { mayGrant } from '#lib/people/rules'

/** What somebody of the school may do by now; null for somebody who is gone or disabled. */
async function standingNow(db: TenantDb, userId: string): Promise<ReadonlySet<Permission> | null> {
  const [row] = await readStandings(db, [userId])
  return row === undefined || row.disabled ? null : effectivePermissions(row.role, row.permissions)
}

/**
 * The same behind the lock that all changes of standing take: it is still so when this transaction commits. Take it
 * before any other lock of the school.
 */
export async function holdStanding(db: TenantDb, userId: string): Promise<ReadonlySet<Permission> | null> {
  await holdStandings(db)
  return standingNow(db, userId)
}

/**
 * Whether an invitation is still worth what it says. What it promises beyond learning lasts as long as whoever sent it
 * could send it again; a class keeps its places when its teacher leaves.
 */
export async function stillPromised(db: TenantDb, invitation: InvitationRow): Promise<boolean> {
  const { invitedById, role, roleIds } = invitation
  if (invitedById === null) return true
  const custom = (await findRoles(db, roleIds)).map((one) => one.permissions)
  if (role === 'STUDENT' && custom.length === 0) return true
  const held = await standingNow(db, invitedById)
  return held !== null && held.has('user:invite') && mayGrant(held, role, custom)
}
