import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { isPassword } from '#lib/adapters/passwords/passwords'
import { findCredentials } from '#lib/db/queries/credentials'
import { tell } from '#lib/db/queries/outbox'
import { issueToken } from '#lib/db/queries/tokens'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { LINK_MINUTES } from './contract'
import { enter, type Entered } from './open-session'
import { countSignIn, mayWrite, settleSignIn } from './tries'
import type { Client, Unit } from './unit'

type Input = Readonly<{ email: string; password: string; client: Client; locale: string }>

/**
 * Signs somebody in by address and password. Unknown address, wrong password, disabled person: one answer, after the
 * same work. Somebody who has not confirmed their address is written to again.
 * @throws AppError 'wrong_credentials', 'rate_limited', 'unavailable'
 */
export async function signInWithPassword(unit: Unit, input: Input): Promise<Entered> {
  const { email, password, client, locale } = input
  const at = { account: email, ip: client.ip }
  const { hold, found } = await unit(async (db) => ({
    hold: await countSignIn(db, at, locale),
    found: await findCredentials(db, email),
  }))
  await sleep(hold * 1_000)
  const right = await isPassword(found?.password ?? null, password)
  if (found === null || !right || found.disabled) {
    throw new AppError('wrong_credentials', 'No such pair of address and password.')
  }
  const entered = await unit(async (db) => {
    await settleSignIn(db, at)
    if (found.verified) {
      const { id: userId, secondFactor } = found
      return enter(db, { userId, method: 'password', client, secondFactor })
    }
    if (await mayWrite(db, at)) {
      const minutes = LINK_MINUTES.verify
      const tokenId = await issueToken(db, { userId: found.id, purpose: 'VERIFY_EMAIL', email, minutes })
      await tell(db, { kind: 'mail.verify-email', payload: { tokenId } })
    }
    return null
  })
  if (entered !== null) return entered
  const form = translator(locale, 'tries')('unconfirmed', { email })
  throw new AppError('wrong_credentials', 'The address is not confirmed.', { fields: { form } })
}
