import 'server-only'
import { tell } from '#lib/db/queries/outbox'
import { issueToken } from '#lib/db/queries/tokens'
import { getUser } from '#lib/db/queries/users'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { LINK_MINUTES } from '#lib/identity/contract'
import { mayWrite } from '#lib/identity/tries'
import { type Account, self } from './account'
import { reauthenticate } from './reauthenticate'

/**
 * Asks for another address. Nothing changes until the link in the letter to the new address is followed, and the
 * answer is the same whether or not somebody of the school has that address already; the old one is told,
 * whatever becomes of the account before that letter goes out.
 * @throws AppError as `reauthenticate`, 'invalid_input' for the address that the person has
 */
export async function askForAddress(
  account: Account,
  input: Readonly<{ email: string; current: string }>,
): Promise<void> {
  const { unit, record, client, locale } = account
  const { email, current } = input
  const { userId } = account.person
  await reauthenticate(account, current)
  await unit(async (db) => {
    const { email: before } = await getUser(db, userId)
    if (before === email) {
      const fields = { email: translator(locale, 'accountTries')('sameAddress') }
      throw new AppError('invalid_input', 'It is the address that they have.', { fields })
    }
    if (!(await mayWrite(db, { letter: 'CHANGE_EMAIL', account: email, ip: client.ip }))) return
    const minutes = LINK_MINUTES.changeEmail
    const tokenId = await issueToken(db, {
      userId,
      purpose: 'CHANGE_EMAIL',
      email,
      data: { before },
      minutes,
    })
    await tell(db, { kind: 'mail.change-email', payload: { tokenId } })
    await tell(db, { kind: 'mail.account-notice', payload: { userId, what: 'email-change-asked', tokenId } })
    await record(db, self(account))
  })
}
