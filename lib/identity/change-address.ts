import 'server-only'
import { recordAudit } from '#lib/db/queries/audit'
import { changeAddress } from '#lib/db/queries/credentials'
import { tell } from '#lib/db/queries/outbox'
import { endTokens } from '#lib/db/queries/tokens'
import type { TenantDb } from '#lib/db/tenant'
import { AppError, codeOf } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { Client, Unit } from './unit'
import { peekLink, spendLink } from './use-link'

export type AddressChange = Readonly<{ token: string; name: string; before: string; after: string }>

/** What a link would change; null when it doesn't work any more. */
export async function peekAddressChange(db: TenantDb, token: string): Promise<AddressChange | null> {
  const link = await peekLink(db, { purpose: 'change-email', token })
  if (link === null || link.email === null) return null
  return { token, name: link.name, before: link.userEmail, after: link.email }
}

type Input = Readonly<{ token: string; client: Client; locale: string }>

/**
 * Gives a person the address that a link was sent to: following it shows that they read its mail. Open links to the
 * old one end. Whoever follows it need not be signed in, since the letter may be read on another device.
 * @throws AppError 'not_found' when the link doesn't work any more, 'conflict' when somebody here has the address by now
 */
export async function changeAddressByLink(unit: Unit, { token, client, locale }: Input): Promise<void> {
  try {
    await unit(async (db) => {
      const { userId, email, userEmail } = await spendLink(db, { purpose: 'change-email', token })
      if (email === null) throw new AppError('not_found', 'The link names no address.')
      await changeAddress(db, { userId, email })
      await endTokens(db, userId)
      await tell(db, { kind: 'mail.account-notice', payload: { userId, what: 'email-changed' } })
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
