import 'server-only'
import { findRoles } from '#lib/db/queries/people'
import { getInvitation, type InvitationRow } from '#lib/db/queries/invitations'
import type { TenantDb } from '#lib/db/tenant'
import { refusal } from './acting'
import { type Inviting, inviterNow } from './inviting'
import { mayGrant } from './rules'

/**
 * An open invitation, if it promises nothing beyond what whoever asks may do by now: sending it again is giving it
 * again. @throws AppError 'not_found', 'forbidden'
 */
export async function invitationToChange(
  db: TenantDb,
  asked: Inviting,
  id: string,
): Promise<InvitationRow & { expired: boolean }> {
  const by = await inviterNow(db, asked)
  const invitation = await getInvitation(db, id)
  const roles = await findRoles(db, invitation.roleIds)
  const custom = roles.map((role) => role.permissions)
  if (!mayGrant(by.held, invitation.role, custom)) throw refusal('forbidden', by.locale, 'invitationBeyond')
  return invitation
}
