import 'server-only'
import { revokeInvitation as revoke } from '#lib/db/queries/invitations'
import type { TenantDb } from '#lib/db/tenant'
import { invitationToChange } from './invitation-to-change'
import type { Inviting } from './inviting'

/** Takes an invitation back: its link opens nothing from now on. @throws AppError 'not_found', 'forbidden' */
export async function revokeInvitation(
  db: TenantDb,
  by: Inviting,
  id: string,
): Promise<{ email: string; role: string }> {
  const { email, role } = await invitationToChange(db, by, id)
  await revoke(db, id)
  return { email, role }
}
