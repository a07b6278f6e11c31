import 'server-only'
import { renewInvitation } from '#lib/db/queries/invitations'
import { tell } from '#lib/db/queries/outbox'
import { knownAddresses } from '#lib/db/queries/people-changes'
import { takePeoplePlaces } from '#lib/plans/take-places'
import type { TenantDb } from '#lib/db/tenant'
import { INVITATION_DAYS } from '#lib/identity/contract'
import { refusal } from './acting'
import { invitationToChange } from './invitation-to-change'
import type { Inviting } from './inviting'
import { assertNotJustWritten, takeLetters } from './send-letters'

type Input = Readonly<{
  invitationId: string
  /** People in the school's plan; null: none. */ limit: number | null
}>

/**
 * Sends the letter of an invitation again and lets it live on. One that had run out takes a place again.
 * @throws AppError 'not_found', 'forbidden', 'rate_limited' within RESEND_MINUTES of the last letter to the address and
 *   when the school has sent its letters for today, 'limit_reached', 'conflict' when the address has joined meanwhile
 */
export async function resendInvitation(db: TenantDb, by: Inviting, input: Input): Promise<{ email: string }> {
  const { email, expired } = await invitationToChange(db, by, input.invitationId)
  await takePeoplePlaces(db, { wanted: expired ? 1 : 0, limit: input.limit })
  const [known] = await knownAddresses(db, [email])
  if (known?.member === true) throw refusal('conflict', by.locale, 'member')
  await takeLetters(db, by, 1)
  await assertNotJustWritten(db, by, { email, field: 'form' })
  const id = input.invitationId
  await renewInvitation(db, { id, hours: INVITATION_DAYS * 24, invitedById: by.actorId })
  await tell(db, { kind: 'mail.invitation', payload: { invitationId: id } })
  return { email }
}
