import 'server-only'
import { createRole as insertRole, lockRoles } from '#lib/db/queries/roles'
import type { TenantDb } from '#lib/db/tenant'
import { assertMayGive, assertNameFree, assertRoom, type By } from './check-role'
import type { Grantable } from './rules'

export type RoleFields = Readonly<{
  name: string
  description: string | null
  permissions: readonly Grantable[]
}>

/**
 * Makes a role of the school's own, with nothing in it that its maker doesn't hold.
 * @throws AppError 'forbidden', 'conflict' (its name is taken), 'invalid_input' (too many)
 */
export async function createRole(
  db: TenantDb,
  input: RoleFields & Readonly<{ by: By }>,
): Promise<Readonly<{ id: string }>> {
  const { by, name, description, permissions } = input
  assertMayGive(by, permissions)
  await lockRoles(db)
  await assertRoom(db, by.locale)
  await assertNameFree(db, { name, except: null, locale: by.locale })
  return insertRole(db, { name, description, permissions })
}
