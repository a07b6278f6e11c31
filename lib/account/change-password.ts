import 'server-only'
import { findCredentialsById, setPassword } from '#lib/db/queries/credentials'
import { tell } from '#lib/db/queries/outbox'
import { lockPerson } from '#lib/db/queries/profile'
import { forgetSetUp } from '#lib/db/queries/second-factors'
import { endSessions } from '#lib/db/queries/sessions'
import { endTokens } from '#lib/db/queries/tokens'
import { NO_PASSWORD } from '#lib/db/queries/users'
import { AppError } from '#lib/errors'
import { choosePassword } from '#lib/identity/choose-password'
import { type Account, self } from './account'
import { reauthenticate } from './reauthenticate'

type Input = Readonly<{
  /** Empty for somebody who chooses their first one. */
  current: string
  password: string
  /** Words that others know of the person, beside their address. */
  known: readonly string[]
}>

/**
 * Gives a person another password, or their first. Their other sessions and all links under way end with it; they
 * stay signed in here.
 * @returns how many other sessions ended
 * @throws AppError as `reauthenticate`, 'invalid_input' for one that is easy to guess, 'conflict' when the password
 *   was changed by somebody else meanwhile
 */
export async function changePassword(account: Account, input: Input): Promise<number> {
  const { unit, record, person, locale } = account
  const seen = await reauthenticate(account, input.current)
  const hash = await choosePassword({ password: input.password, own: [...input.known, person.email], locale })
  return unit(async (db) => {
    const { userId } = person
    // Of two changes at the same moment the second finds the first one's password, not the one it checked.
    await lockPerson(db, userId)
    const standing = await findCredentialsById(db, userId)
    if (standing?.password !== (seen ?? NO_PASSWORD))
      throw new AppError('conflict', 'Another password stands there now.')
    await setPassword(db, { userId, hash })
    await forgetSetUp(db, userId)
    const ended = await endSessions(db, { userId, except: person.sessionId })
    await endTokens(db, userId)
    await tell(db, { kind: 'mail.account-notice', payload: { userId, what: 'password-changed' } })
    await record(db, { ...self(account), after: { first: seen === null, sessionsEnded: ended } })
    return ended
  })
}
