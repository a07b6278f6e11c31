import 'server-only'
import { deleteRole as removeRole } from '#lib/db/queries/roles'
import type { TenantDb } from '#lib/db/tenant'
import { assertMayChangeHolders, type By, holdRoles, roleToChange, type StoredRole } from './check-role'

/**
 * Deletes a role; whoever held it can do less from their next request on.
 * @returns the role as it was @throws AppError 'forbidden' when it, or somebody who has it, holds what they don't; 'not_found'
 */
export async function deleteRole(db: TenantDb, input: Readonly<{ by: By; id: string }>): Promise<StoredRole> {
  const by = await holdRoles(db, input.by)
  const before = await roleToChange(db, by, input.id)
  await assertMayChangeHolders(db, by, { id: input.id, permissions: before.permissions })
  await removeRole(db, input.id)
  return before
}
