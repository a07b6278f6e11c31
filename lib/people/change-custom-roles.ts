import 'server-only'
import { findRoles } from '#lib/db/queries/people'
import { replaceRoles } from '#lib/db/queries/roles'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { type By, personToChange, refusal } from './acting'
import { difference, mayGrant } from './rules'

type Input = Readonly<{
  userId: string
  roleIds: readonly string[]
  /** The ids that the form showed as held. */
  seen: readonly string[]
}>

/**
 * Makes `roleIds` all the custom roles of a person. Only roles that hold nothing beyond one's own can be given or taken.
 * @returns the names before and after
 * @throws AppError 'not_found' (a role of another school included), 'forbidden', 'conflict'
 */
export async function changeCustomRoles(
  db: TenantDb,
  by: By,
  input: Input,
): Promise<{ before: string[]; after: string[] }> {
  const { userId, roleIds, seen } = input
  const { actor, target } = await personToChange(db, by, userId)
  if (difference(target.customRoleIds, seen).length > 0)
    throw new AppError('conflict', 'The custom roles were changed since they were shown.')
  const involved = await findRoles(db, [...new Set([...target.customRoleIds, ...roleIds])])
  const of = (ids: readonly string[]) => involved.filter((role) => ids.includes(role.id))
  const wanted = of(roleIds)
  if (wanted.length !== roleIds.length) throw new AppError('not_found', 'There is no such role.')
  const changed = of(difference(target.customRoleIds, roleIds))
  const custom = changed.map((role) => role.permissions)
  if (!mayGrant(actor.permissions, 'STUDENT', custom)) throw refusal('forbidden', by.locale, 'customBeyond')
  if (changed.length > 0) await replaceRoles(db, { userId, roleIds })
  return { before: of(target.customRoleIds).map(({ name }) => name), after: wanted.map(({ name }) => name) }
}
