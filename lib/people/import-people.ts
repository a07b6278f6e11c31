import 'server-only'
import { recordAudits } from '#lib/db/queries/audit'
import { type Invited, inviteMany } from '#lib/db/queries/invitations'
import { tellInvitations } from '#lib/db/queries/people-changes'
import { takePeoplePlaces } from '#lib/plans/take-places'
import type { TenantDb } from '#lib/db/tenant'
import { INVITATION_DAYS } from '#lib/identity/contract'
import { type Inviting, inviterNow } from './inviting'
import { judgeAgainstSchool, readRows } from './preview-import'
import type { GivenRole } from './rules'
import { takeLetters } from './send-letters'

type Input = Readonly<{
  text: string
  /** People in the school's plan; null: none. */
  limit: number | null
  /** Where the request came from, for the log. */
  client: Readonly<{ ip: string; requestId: string | null }>
}>

type Imported = {
  invited: number
  passedOver: number
  /** How many of each. */ roles: Record<GivenRole, number>
}

function countRoles(made: readonly Invited[]): Imported['roles'] {
  const of = (role: GivenRole): number => made.filter((one) => one.role === role).length
  return { STUDENT: of('STUDENT'), INSTRUCTOR: of('INSTRUCTOR'), ADMIN: of('ADMIN') }
}

/** Who was promised more than learning stands in the log by name, as if each had been invited alone. */
async function recordPromises(
  db: TenantDb,
  by: Inviting,
  client: Input['client'],
  made: readonly Invited[],
): Promise<void> {
  const entries = made
    .filter(({ role }) => role !== 'STUDENT')
    .map(({ id, email, role }) => ({ targetId: id, after: { email, role } }))
  await recordAudits(db, {
    ...{ action: 'people.invite', actorId: by.actorId, targetType: 'Invitation', client },
    entries,
  })
}

/**
 * Invites everybody in a list who is not there yet, all or nobody, in a fixed number of statements. What the preview
 * said is not believed: each row is judged again. The same list again changes nothing.
 * @returns how many were invited, as what, and how many rows were passed over
 * @throws AppError 'invalid_input' for a list that can't be read, 'limit_reached' when not all have a place,
 *   'rate_limited' for more letters than the school may send in a day
 */
export async function importPeople(db: TenantDb, asked: Inviting, input: Input): Promise<Imported> {
  const written = readRows(asked.locale, 'text', input.text)
  const by = await inviterNow(db, asked)
  const { guests } = await judgeAgainstSchool(db, by, written)
  if (guests.length === 0) return { invited: 0, passedOver: written.length, roles: countRoles([]) }
  await takePeoplePlaces(db, { wanted: guests.length, limit: input.limit })
  await takeLetters(db, by, guests.length)
  const made = await inviteMany(db, {
    emails: guests.map((guest) => guest.email),
    names: guests.map((guest) => guest.name),
    roles: guests.map((guest) => guest.role),
    ...{ invitedById: by.actorId, hours: INVITATION_DAYS * 24 },
  })
  await tellInvitations(
    db,
    made.map(({ id }) => id),
  )
  await recordPromises(db, by, input.client, made)
  return { invited: made.length, passedOver: written.length - made.length, roles: countRoles(made) }
}
