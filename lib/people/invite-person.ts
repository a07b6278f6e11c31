import 'server-only'
import type { Permission } from '#lib/auth/permissions'
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
import { type GivenRole, mayGrant } from './rules'

/** Who invites: their permissions as this transaction read them, and the language they read. */
export type Inviting = Readonly<{ actorId: string; held: ReadonlySet<Permission>; locale: string }>

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
 *   address that is in the school or was invited already, 'limit_reached'
 */
export async function invitePerson(
  db: TenantDb,
  by: Inviting,
  input: Input,
): Promise<{ id: string; customRoles: string[] }> {
  const { email, name, role, roleIds, limit } = input
  const customRoles = await rolesToGive(db, by, input)
  await takePeoplePlaces(db, { wanted: 1, limit })
  const [known] = await knownAddresses(db, [email])
  if (known !== undefined) throw taken(by.locale, known.member ? 'member' : 'invited')
  const { id } = await invite(db, {
    ...{ email, name, role, roleIds, invitedById: by.actorId },
    hours: INVITATION_DAYS * 24,
  })
  await tell(db, { kind: 'mail.invitation', payload: { invitationId: id } })
  return { id, customRoles }
}
