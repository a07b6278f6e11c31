import 'server-only'
import { findCredentialsById } from '#lib/db/queries/credentials'
import { NO_PASSWORD } from '#lib/db/queries/users'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { checkPassword } from '#lib/identity/check-password'
import { countSignIn, settleSignIn } from '#lib/identity/tries'
import type { Account } from './account'
import { isFresh } from './rules'

/**
 * Lets on only the person themselves, and not whoever found their device open: the password they have, or, where they
 * have none, a sign-in of the last ten minutes. Wrong passwords are counted with those at the sign-in page.
 * @param current empty where there is none
 * @returns the stored hash that was checked; null without a password
 * @throws AppError 'invalid_input' and 'wrong_credentials' naming the field `current`, 'forbidden' when the sign-in is
 *   too long ago, 'rate_limited'
 */
export async function reauthenticate(
  account: Account,
  current: string,
  now = new Date(),
): Promise<string | null> {
  const { unit, person, client, locale } = account
  const t = translator(locale, 'accountTries')
  const seen = await unit(async (db) => {
    const found = await findCredentialsById(db, person.userId)
    if (found === null) throw new AppError('not_found', 'The person is gone.')
    if (found.password === NO_PASSWORD) return null
    if (current === '') {
      throw new AppError('invalid_input', 'No password was given.', {
        fields: { current: t('passwordMissing') },
      })
    }
    // Tries in a session of theirs are counted as a known browser's: strangers can't keep the person from their account.
    const at = { account: found.email, ip: client.ip, device: person.sessionId }
    return { hash: found.password, tried: await countSignIn(db, at, locale) }
  })
  if (seen === null) {
    if (isFresh(person.signedInAt, now)) return null
    throw new AppError('forbidden', 'The sign-in is too long ago.', { fields: { form: t('signInAgain') } })
  }
  if (!(await checkPassword(unit, seen.tried, { stored: seen.hash, password: current }))) {
    throw new AppError('wrong_credentials', 'A wrong password.', { fields: { current: t('wrongPassword') } })
  }
  await unit((db) => settleSignIn(db, seen.tried))
  return seen.hash
}
