import 'server-only'
import { recordAudit } from '#lib/db/queries/audit'
import { confirmAddress, setPassword } from '#lib/db/queries/credentials'
import { tell } from '#lib/db/queries/outbox'
import { forgetSetUp } from '#lib/db/queries/second-factors'
import { endSessions } from '#lib/db/queries/sessions'
import { endTokens } from '#lib/db/queries/tokens'
import { AppError } from '#lib/errors'
import { choosePassword } from './choose-password'
import type { Client, Unit } from './unit'
import { peekLink, spendLink } from './use-link'

type Input = Readonly<{ token: string; password: string; client: Client; locale: string; schoolName: string }>

/**
 * Sets a new password by a link from a letter. All sessions and open links of the person end; they sign in with the
 * new password, and with their second factor if they have one.
 * @throws AppError 'not_found' when the link doesn't work any more, 'invalid_input' for a password easy to guess
 */
export async function resetPassword(unit: Unit, input: Input): Promise<void> {
  const { token, password, client, locale, schoolName } = input
  const link = await unit((db) => peekLink(db, { purpose: 'reset-password', token }))
  if (link === null) throw new AppError('not_found', 'The link doesn’t work any more.')
  const hash = await choosePassword({ password, own: [link.name, link.userEmail, schoolName], locale })
  await unit(async (db) => {
    const { userId, email, userEmail } = await spendLink(db, { purpose: 'reset-password', token })
    if (email !== userEmail) throw new AppError('not_found', 'The address has changed since.')
    await setPassword(db, { userId, hash })
    await forgetSetUp(db, userId)
    await confirmAddress(db, { userId, email: userEmail })
    await endSessions(db, { userId, except: null })
    await endTokens(db, userId)
    await tell(db, { kind: 'mail.account-notice', payload: { userId, what: 'password-changed' } })
    await recordAudit(db, {
      ...{ action: 'auth.password-reset', actorId: userId, targetType: 'User', targetId: userId },
      client,
    })
  })
}
