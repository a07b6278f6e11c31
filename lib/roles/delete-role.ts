import 'server-only'
import { deleteRole as removeRole, lockRoles } from '#lib/db/queries/roles'
import type { TenantDb } from '#lib/db/tenant'
import { type By, roleToChange, type StoredRole } from './check-role'

/**
 * Deletes a role; whoever held it can do less from their next request on.
 * @returns the role as it was @throws AppError 'forbidden' when it holds what they don't, 'not_found'
 */
export async function deleteRole(db: TenantDb, input: Readonly<{ by: By; id: string }>): Promise<StoredRole> {
  await lockRoles(db)
  const before = await roleToChange(db, input.by, input.id)
  await removeRole(db, input.id)
  return before
}
