import 'server-only'
import { invite } from '#lib/db/queries/invitations'
import { tell } from '#lib/db/queries/outbox'
import { findRoles } from '#lib/db/queries/people'
import { knownAddresses } from '#lib/db/queries/people-changes'
import { takePeoplePlaces } from '#lib/plans/take-places'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { INVITATION_DAYS } from '#lib/identity/contract'
import { refusal } from './acting'
import { type Inviting, inviterNow } from './inviting'
import { type GivenRole, mayGrant } from './rules'
import { assertNotJustWritten, takeLetters } from './send-letters'

type Input = Readonly<{
  email: string
  name: string | null
  role: GivenRole
  roleIds: readonly string[]
  /** People in the school's plan; null: none. */
  limit: number | null
}>

function taken(locale: string, reason: 'member' | 'invited'): AppError {
  return new AppError('conflict', `Refused: ${reason}.`, {
    fields: { email: translator(locale, 'people.refusals')(reason) },
  })
}

/** The custom roles of these ids, if somebody with `held` may give them together with `role`. */
async function rolesToGive(db: TenantDb, by: Inviting, input: Input): Promise<string[]> {
  const roles = await findRoles(db, input.roleIds)
  if (roles.length !== input.roleIds.length) throw new AppError('not_found', 'There is no such role.')
  const custom = roles.map((role) => role.permissions)
  if (!mayGrant(by.held, input.role, custom)) throw refusal('forbidden', by.locale, 'roleBeyond')
  return roles.map((role) => role.name)
}

/**
 * Invites somebody by a letter. The invitation holds a place of the plan until it is accepted, revoked or too old.
 * @returns its id, and the names of the custom roles
 * @throws AppError 'forbidden' for a role beyond one's own, 'not_found' for a role of another school, 'conflict' for an
 *   address that is in the school or was invited already, 'limit_reached', 'rate_limited' for an address that was written
 *   to just now, or when the school has sent its letters for today
 */
export async function invitePerson(
  db: TenantDb,
  asked: Inviting,
  input: Input,
): Promise<{ id: string; customRoles: string[] }> {
  const { email, name, role, roleIds, limit } = input
  const by = await inviterNow(db, asked)
  const customRoles = await rolesToGive(db, by, input)
  await takePeoplePlaces(db, { wanted: 1, limit })
  await takeLetters(db, by, 1)
  const [known] = await knownAddresses(db, [email])
  if (known !== undefined) throw taken(by.locale, known.member ? 'member' : 'invited')
  await assertNotJustWritten(db, by, { email, field: 'email' })
  const { id } = await invite(db, {
    ...{ email, name, role, roleIds, invitedById: by.actorId },
    hours: INVITATION_DAYS * 24,
  })
  await tell(db, { kind: 'mail.invitation', payload: { invitationId: id } })
  return { id, customRoles }
}
