import 'server-only'
import { newSessionToken, sessionTokenHash } from '#lib/adapters/keys/session-token'
import { tell } from '#lib/db/queries/outbox'
import { findFactor, removeFactor } from '#lib/db/queries/second-factors'
import { endSessions, renewSession } from '#lib/db/queries/sessions'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { renewRecoveryCodes, setUpFactor, takeCode, takeRecoveryCode } from '#lib/identity/second-factor'
import { countCode, settleCode } from '#lib/identity/tries'
import { type Account, self } from './account'
import { reauthenticate } from './reauthenticate'

/** Whose codes these are counted as: a session's are its own, so that strangers' wrong ones don't stop them. */
function senderOf({ person, client }: Account): Readonly<{ userId: string; ip: string; device: string }> {
  return { userId: person.userId, ip: client.ip, device: person.sessionId }
}

function wrongCode(locale: string): AppError {
  const fields = { code: translator(locale, 'accountTries')('wrongCode') }
  return new AppError('wrong_credentials', 'A wrong code.', { fields })
}

/**
 * Begins to set up a second factor; nothing is asked of anybody until it is confirmed. Whoever chooses the app owns the
 * account from then on, so they show first that it is theirs.
 * @param input.issuer what the app shows it under: the school's name
 * @throws AppError as `reauthenticate`, 'conflict' when one stands already
 */
export async function startFactor(
  account: Account,
  input: Readonly<{ issuer: string; current: string }>,
): Promise<void> {
  const { unit, record, person } = account
  const { issuer, current } = input
  await reauthenticate(account, current)
  await unit(async (db) => {
    const made = await setUpFactor(db, { userId: person.userId, email: person.email, issuer })
    if (made === null) throw new AppError('conflict', 'A second factor stands already.')
    await record(db, self(account))
  })
}

export type Confirmed = Readonly<{
  /** Ten recovery codes, shown this once. */
  codes: string[]
  /** The session that takes the place of the one that this was asked in; for the cookie. */
  token: string
}>

/**
 * Switches a second factor on by a code of the app. All sessions end that never showed one; the one that this was
 * asked in goes on under another token, so that a copy of its cookie doesn't grow with it.
 * @throws AppError 'wrong_credentials' naming the field `code`, 'conflict' when there is nothing to confirm,
 *   'rate_limited'
 */
export async function confirmFactor(account: Account, code: string): Promise<Confirmed> {
  const { unit, record, person, locale } = account
  const { userId, sessionId } = person
  const outcome = await unit(async (db) => {
    const begun = await findFactor(db, userId)
    if (begun === null || begun.confirmed) throw new AppError('conflict', 'There is nothing to confirm.')
    // Wrong codes must stay counted, so they are no reason to throw before the unit has ended.
    const by = senderOf(account)
    await countCode(db, by, locale)
    if (!(await takeCode(db, { userId, code }))) return null
    await settleCode(db, by)
    const token = newSessionToken()
    const renewed = await renewSession(db, { userId, sessionId, tokenHash: sessionTokenHash(token) ?? '' })
    if (renewed === null) throw new AppError('unauthenticated', 'The session has ended meanwhile.')
    const codes = await renewRecoveryCodes(db, userId)
    const ended = await endSessions(db, { userId, except: renewed })
    await tell(db, { kind: 'mail.account-notice', payload: { userId, what: 'second-factor-on' } })
    await record(db, { ...self(account), after: { sessionsEnded: ended } })
    return { codes, token }
  })
  if (outcome === null) throw wrongCode(locale)
  return outcome
}

async function takeAnyCode(db: TenantDb, userId: string, code: string): Promise<boolean> {
  return (await takeCode(db, { userId, code })) || takeRecoveryCode(db, { userId, code })
}

/**
 * Switches the second factor off: with the password (or a fresh sign-in) and a code of the app or a recovery code.
 * @throws AppError as `reauthenticate`, 'wrong_credentials' naming the field `code`, 'conflict' when there is none
 */
export async function dropFactor(
  account: Account,
  input: Readonly<{ current: string; code: string }>,
): Promise<void> {
  const { unit, record, person, locale } = account
  const { userId } = person
  await reauthenticate(account, input.current)
  const right = await unit(async (db) => {
    const standing = await findFactor(db, userId)
    if (standing?.confirmed !== true) throw new AppError('conflict', 'There is no second factor.')
    const by = senderOf(account)
    await countCode(db, by, locale)
    if (!(await takeAnyCode(db, userId, input.code))) return false
    await settleCode(db, by)
    await removeFactor(db, userId)
    await tell(db, { kind: 'mail.account-notice', payload: { userId, what: 'second-factor-off' } })
    await record(db, self(account))
    return true
  })
  if (!right) throw wrongCode(locale)
}

/**
 * Makes ten new recovery codes; the old ones are worth nothing from then on.
 * @returns them, shown this once @throws AppError as `reauthenticate`, 'conflict' without a second factor
 */
export async function replaceCodes(account: Account, current: string): Promise<string[]> {
  const { unit, record, person } = account
  const { userId } = person
  await reauthenticate(account, current)
  return unit(async (db) => {
    const standing = await findFactor(db, userId)
    if (standing?.confirmed !== true) throw new AppError('conflict', 'There is no second factor.')
    const codes = await renewRecoveryCodes(db, userId)
    await tell(db, { kind: 'mail.account-notice', payload: { userId, what: 'recovery-codes-new' } })
    await record(db, self(account))
    return codes
  })
}
