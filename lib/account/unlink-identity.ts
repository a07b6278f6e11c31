import 'server-only'
import { listIdentities, unlinkIdentity } from '#lib/db/queries/accounts'
import { tell } from '#lib/db/queries/outbox'
import { lockPerson } from '#lib/db/queries/profile'
import { endSessionsBy } from '#lib/db/queries/sessions'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { type Account, self } from './account'
import { reauthenticate } from './reauthenticate'
import { mayUnlink } from './rules'

/**
 * Parts an identity from a person, and ends the sessions that it opened but for the one that this is asked in. The last
 * way in stays.
 * @throws AppError as `reauthenticate`, 'not_found' when it isn't theirs, 'forbidden' when it is their last way in
 */
export async function partIdentity(
  account: Account,
  input: Readonly<{ identityId: string; current: string }>,
): Promise<void> {
  const { unit, record, locale } = account
  const { userId, sessionId } = account.person
  await reauthenticate(account, input.current)
  await unit(async (db) => {
    // Two identities parted at the same moment would each take the other for the way that stays.
    const { hasPassword } = await lockPerson(db, userId)
    const identities = await listIdentities(db, userId)
    const parted = identities.find(({ id }) => id === input.identityId)
    if (parted === undefined) throw new AppError('not_found', 'The person has no such identity.')
    if (!mayUnlink({ hasPassword, identities: identities.length })) {
      const fields = { form: translator(locale, 'accountTries')('lastWayIn') }
      throw new AppError('forbidden', 'It is the last way in.', { fields })
    }
    await unlinkIdentity(db, { userId, id: parted.id })
    const { provider } = parted
    const sessionsEnded = await endSessionsBy(db, { userId, method: provider, except: sessionId })
    await tell(db, { kind: 'mail.account-notice', payload: { userId, what: 'identity-unlinked' } })
    await record(db, { ...self(account), before: { provider }, after: { sessionsEnded } })
  })
}
