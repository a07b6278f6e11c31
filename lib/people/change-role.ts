import 'server-only'
import { setRole } from '#lib/db/queries/people-changes'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { assertSomebodyStays, type By, personToChange, refusal } from './acting'
import { type GivenRole, mayGrant } from './rules'

type Input = Readonly<{
  userId: string
  role: GivenRole
  /** The role that the form showed. */ seen: GivenRole
}>

/**
 * Gives a person another built-in role; it counts from their next request on.
 * @returns the role before @throws AppError 'not_found', 'forbidden' (also for the last admin and for a role beyond one's
 *   own), 'conflict' when somebody else changed it meanwhile
 */
export async function changeRole(db: TenantDb, by: By, input: Input): Promise<{ before: string }> {
  const { userId, role, seen } = input
  const { actor, target } = await personToChange(db, by, userId)
  if (!mayGrant(actor.permissions, role, [])) throw refusal('forbidden', by.locale, 'roleBeyond')
  if (target.role !== seen) throw new AppError('conflict', 'The role was changed since it was shown.')
  if (role !== 'ADMIN') await assertSomebodyStays(db, by, target)
  if (role !== target.role) await setRole(db, { userId, role })
  return { before: target.role }
}
