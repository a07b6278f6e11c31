import 'server-only'
import { recordAudit } from '#lib/db/queries/audit'
import { changeAddress } from '#lib/db/queries/credentials'
import { tell } from '#lib/db/queries/outbox'
import { endSessions } from '#lib/db/queries/sessions'
import { endTokens, type TokenRow } from '#lib/db/queries/tokens'
import type { TenantDb } from '#lib/db/tenant'
import { AppError, codeOf } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { Client, Unit } from './unit'
import { peekLink, spendLink } from './use-link'

export type AddressChange = Readonly<{ token: string; name: string; before: string; after: string }>

/** Whether a link was asked for by the address that its person still has. */
function isCurrent({ data, userEmail }: TokenRow): boolean {
  return typeof data === 'object' && data !== null && 'before' in data && data.before === userEmail
}

/** What a link would change; null when it doesn't work any more. */
export async function peekAddressChange(db: TenantDb, token: string): Promise<AddressChange | null> {
  const link = await peekLink(db, { purpose: 'change-email', token })
  if (link === null || link.email === null || !isCurrent(link)) return null
  return { token, name: link.name, before: link.userEmail, after: link.email }
}

type Input = Readonly<{
  token: string
  /** The session of whoever follows the link; null for somebody who isn't signed in. */
  sessionId: string | null
  client: Client
  locale: string
}>

/**
 * Gives a person the address that a link was sent to: following it shows that they read its mail. Open links to the
 * old one end, and so do their sessions, but for the one that the link is followed in. Both addresses are told: the
 * old one is the only place where somebody whose account was taken still reads it. Whoever follows it need not be signed in, since the letter may be read on another device.
 * @throws AppError 'not_found' when the link doesn't work any more, 'conflict' when somebody here has the address by now
 */
export async function changeAddressByLink(unit: Unit, input: Input): Promise<void> {
  const { token, sessionId, client, locale } = input
  try {
    await unit(async (db) => {
      const link = await spendLink(db, { purpose: 'change-email', token })
      const { id: tokenId, userId, email, userEmail } = link
      if (email === null || !isCurrent(link))
        throw new AppError('not_found', 'The link names no address, or another one was given up for it.')
      await changeAddress(db, { userId, email })
      await endTokens(db, userId)
      await endSessions(db, { userId, except: sessionId })
      await tell(db, { kind: 'mail.account-notice', payload: { userId, what: 'email-changed', tokenId } })
      await tell(db, { kind: 'mail.account-notice', payload: { userId, what: 'email-welcome' } })
      await recordAudit(db, {
        ...{ action: 'auth.change-email', actorId: userId, targetType: 'User', targetId: userId },
        ...{ before: { email: userEmail }, after: { email }, client },
      })
    })
  } catch (error) {
    if (codeOf(error) !== 'conflict') throw error
    const fields = { form: translator(locale, 'auth.errors')('addressTaken') }
    throw new AppError('conflict', 'Somebody has the address by now.', { fields, cause: error })
  }
}
