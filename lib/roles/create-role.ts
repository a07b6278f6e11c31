import 'server-only'
import { createRole as insertRole } from '#lib/db/queries/roles'
import type { TenantDb } from '#lib/db/tenant'
import { assertMayGive, assertNameFree, assertRoom, type By, holdRoles } from './check-role'
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
  const { name, description, permissions } = input
  const by = await holdRoles(db, input.by)
  assertMayGive(by, permissions)
  await assertRoom(db, by.locale)
  await assertNameFree(db, { name, except: null, locale: by.locale })
  return insertRole(db, { name, description, permissions })
}
