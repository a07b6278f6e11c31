import 'server-only'
import { findCredentials } from '#lib/db/queries/credentials'
import { invite } from '#lib/db/queries/invitations'
import { tell } from '#lib/db/queries/outbox'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { SIGN_UP_HOURS } from './contract'
import { domainAllowed } from './rules'
import { LETTER_FLOOR, steadily } from './steady'
import { mayWrite } from './tries'
import type { Client, Unit } from './unit'

type Input = Readonly<{
  name: string
  email: string
  client: Client
  locale: string
  school: Readonly<{ signUp: 'OPEN' | 'INVITED'; mailDomains: readonly string[] }>
}>

/**
 * Asks to join a school that is open to it. Nothing comes of it but a letter: the account, its password included, is
 * made by whoever reads the mail of the address. Somebody who has one already is told so, in a letter as well.
 * @throws AppError 'forbidden' where only the invited may join, 'invalid_input' for a domain that may not
 */
export async function signUp(unit: Unit, input: Input): Promise<void> {
  const { name, email, client, locale, school } = input
  if (school.signUp !== 'OPEN') throw new AppError('forbidden', 'The school takes invited people only.')
  if (!domainAllowed(email, school.mailDomains)) {
    const t = translator(locale, 'tries')
    const fields = { email: t('domain', { domains: school.mailDomains.join(', ') }) }
    throw new AppError('invalid_input', 'The mail domain may not sign up.', { fields })
  }
  await steadily(LETTER_FLOOR, () =>
    unit(async (db) => {
      const allowed = await mayWrite(db, { letter: 'sign-up', account: email, ip: client.ip })
      const found = await findCredentials(db, email)
      if (!allowed || found?.disabled === true) return
      if (found !== null) {
        const payload = { userId: found.id, what: 'signed-up-already' }
        await tell(db, { kind: 'mail.account-notice', payload })
        return
      }
      const { id } = await invite(db, {
        ...{ email, name, role: 'STUDENT', roleIds: [], invitedById: null, hours: SIGN_UP_HOURS },
      })
      await tell(db, { kind: 'mail.invitation', payload: { invitationId: id } })
    }),
  )
}
