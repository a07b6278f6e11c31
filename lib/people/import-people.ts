import 'server-only'
import { inviteMany } from '#lib/db/queries/invitations'
import { tellInvitations } from '#lib/db/queries/people-changes'
import { takePeoplePlaces } from '#lib/plans/take-places'
import type { TenantDb } from '#lib/db/tenant'
import { INVITATION_DAYS } from '#lib/identity/contract'
import type { Inviting } from './invite-person'
import { judgeAgainstSchool, readRows } from './preview-import'

type Input = Readonly<{ text: string; /** People in the school's plan; null: none. */ limit: number | null }>

/**
 * Invites everybody in a list who is not there yet, all or nobody, in a fixed number of statements. What the preview
 * said is not believed: each row is judged again. The same list again changes nothing.
 * @returns how many were invited, and how many rows were passed over
 * @throws AppError 'invalid_input' for a list that can't be read, 'limit_reached' when not all have a place
 */
export async function importPeople(
  db: TenantDb,
  by: Inviting,
  input: Input,
): Promise<{ invited: number; passedOver: number }> {
  const written = readRows(by.locale, 'text', input.text)
  const { guests } = await judgeAgainstSchool(db, by, written)
  if (guests.length === 0) return { invited: 0, passedOver: written.length }
  await takePeoplePlaces(db, { wanted: guests.length, limit: input.limit })
  const ids = await inviteMany(db, {
    emails: guests.map((guest) => guest.email),
    names: guests.map((guest) => guest.name),
    roles: guests.map((guest) => guest.role),
    ...{ invitedById: by.actorId, hours: INVITATION_DAYS * 24 },
  })
  await tellInvitations(db, ids)
  return { invited: ids.length, passedOver: written.length - ids.length }
}
