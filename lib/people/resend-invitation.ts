import 'server-only'
import { renewInvitation } from '#lib/db/queries/invitations'
import { tell } from '#lib/db/queries/outbox'
import { knownAddresses } from '#lib/db/queries/people-changes'
import { takePeoplePlaces } from '#lib/plans/take-places'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { INVITATION_DAYS } from '#lib/identity/contract'
import { refusal } from './acting'
import { RESEND_MINUTES } from './contract'
import { invitationToChange } from './invitation-to-change'
import type { Inviting } from './invite-person'

type Input = Readonly<{
  invitationId: string
  /** People in the school's plan; null: none. */ limit: number | null
}>

/**
 * Sends the letter of an invitation again and lets it live on. One that had run out takes a place again.
 * @throws AppError 'not_found', 'forbidden', 'rate_limited' within RESEND_MINUTES of the last letter, 'limit_reached',
 *   'conflict' when the address has joined meanwhile
 */
export async function resendInvitation(db: TenantDb, by: Inviting, input: Input): Promise<{ email: string }> {
  const { email, expired } = await invitationToChange(db, by, input.invitationId)
  await takePeoplePlaces(db, { wanted: expired ? 1 : 0, limit: input.limit })
  const [known] = await knownAddresses(db, [email])
  if (known?.member === true) throw refusal('conflict', by.locale, 'member')
  const id = input.invitationId
  if (!(await renewInvitation(db, { id, hours: INVITATION_DAYS * 24, minutes: RESEND_MINUTES }))) {
    const form = translator(by.locale, 'people')('resendWait', { count: RESEND_MINUTES })
    throw new AppError('rate_limited', 'The last letter is too new.', { fields: { form } })
  }
  await tell(db, { kind: 'mail.invitation', payload: { invitationId: id } })
  return { email }
}
