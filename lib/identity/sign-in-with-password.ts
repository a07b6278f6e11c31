import 'server-only'
import { readKnownBrowser } from '#lib/adapters/keys/known-browser'
import { type Credentials, findCredentials } from '#lib/db/queries/credentials'
import { tell } from '#lib/db/queries/outbox'
import { issueToken } from '#lib/db/queries/tokens'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { checkPassword } from './check-password'
import { LINK_MINUTES } from './contract'
import { holdPerson } from './hold-person'
import { enter, type Entered } from './open-session'
import { countSignIn, countStep, mayWrite, settleSignIn, type SignInTry } from './tries'
import type { Client, Unit } from './unit'

type Input = Readonly<{ email: string; password: string; client: Client; locale: string }>

type Seen = Readonly<{ found: Credentials | null; device: string | null; tried: SignInTry }>

async function look(db: TenantDb, { email, client, locale }: Input): Promise<Seen> {
  const found = await findCredentials(db, email)
  // Compared for nobody as well, so that it takes as long.
  const owner = { tenantId: db.tenantId, userId: found?.id ?? '' }
  const device = readKnownBrowser(client.known ?? '', owner)
  return { found, device, tried: await countSignIn(db, { account: email, ip: client.ip, device }, locale) }
}

function refusal(): AppError {
  return new AppError('wrong_credentials', 'No such pair of address and password.')
}

/** Writes to somebody whose address isn't confirmed. */
async function writeAgain(db: TenantDb, userId: string, { email, client }: Input): Promise<void> {
  if (!(await mayWrite(db, { letter: 'VERIFY_EMAIL', account: email, ip: client.ip }))) return
  const minutes = LINK_MINUTES.verify
  const tokenId = await issueToken(db, { userId, purpose: 'VERIFY_EMAIL', email, minutes })
  await tell(db, { kind: 'mail.verify-email', payload: { tokenId } })
}

/**
 * Signs somebody in by address and password. Unknown address, wrong password, disabled person: one answer, after the
 * same work. Somebody who has not confirmed their address is written to again.
 * @throws AppError 'wrong_credentials', 'rate_limited', 'unavailable'
 */
export async function signInWithPassword(unit: Unit, input: Input): Promise<Entered> {
  const { email, password, client, locale } = input
  const { found, device, tried } = await unit((db) => look(db, input))
  const right = await checkPassword(unit, tried, { stored: found?.password ?? null, password })
  if (found === null || !right || found.disabled) throw refusal()
  const entered = await unit(async (db) => {
    // The password was compared outside of any unit: what was changed meanwhile is what counts.
    const standing = await holdPerson(db, found.id)
    if (standing?.password !== found.password || standing.email !== email) throw refusal()
    await settleSignIn(db, tried)
    const { id: userId, verified, secondFactor } = standing
    if (!verified) {
      await writeAgain(db, userId, input)
      return null
    }
    if (secondFactor) await countStep(db, { userId, ip: client.ip, device }, locale)
    return enter(db, { userId, method: 'password', client, secondFactor })
  })
  if (entered !== null) return entered
  const form = translator(locale, 'tries')('unconfirmed', { email })
  throw new AppError('wrong_credentials', 'The address is not confirmed.', { fields: { form } })
}
