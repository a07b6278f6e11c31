import 'server-only'
import { updateRole as writeRole } from '#lib/db/queries/roles'
import type { TenantDb } from '#lib/db/tenant'
import {
  assertMayChangeHolders,
  assertMayGive,
  assertNameFree,
  type By,
  holdRoles,
  roleToChange,
  type StoredRole,
} from './check-role'
import type { RoleFields } from './create-role'

/**
 * Changes a role; whoever holds it can do what it says from their next request on. Names of permissions that don't
 * exist (any more) go away with it.
 * @param input.seen `updatedAt` of the role as the form saw it
 * @returns the role as it was
 * @throws AppError 'forbidden' when it holds, or would hold, what its editor doesn't, and when its permissions change for
 *   somebody who may do what its editor may not; 'conflict' when somebody else
 *   changed it meanwhile or the name is taken; 'not_found'
 */
export async function updateRole(
  db: TenantDb,
  input: RoleFields & Readonly<{ by: By; id: string; seen: Date }>,
): Promise<StoredRole> {
  const { id, seen, name, description, permissions } = input
  const by = await holdRoles(db, input.by)
  const before = await roleToChange(db, by, id)
  assertMayGive(by, permissions)
  if (before.permissions.toSorted().join() !== permissions.toSorted().join())
    await assertMayChangeHolders(db, by, { id, permissions: before.permissions })
  await assertNameFree(db, { name, except: id, locale: by.locale })
  await writeRole(db, { id, seen, name, description, permissions })
  return before
}
