import 'server-only'
import { readLinkToken } from '#lib/adapters/keys/keys'
import { readKnownBrowser } from '#lib/adapters/keys/known-browser'
import { tell } from '#lib/db/queries/outbox'
import { countAttempt, findToken, spendToken } from '#lib/db/queries/tokens'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { holdPerson } from './hold-person'
import { openSession } from './open-session'
import { takeCode, takeRecoveryCode } from './second-factor'
import { countCode, settleCode } from './tries'
import type { Client, Unit } from './unit'

/** Wrong codes after which a sign-in has to begin anew. */
const ATTEMPTS = 5

type Input = Readonly<{
  tenantId: string
  /** The cookie of the step. */
  stepToken: string | null
  code: string
  client: Client
  locale: string
}>

function methodOf(data: unknown): string {
  return typeof data === 'object' && data !== null && 'method' in data ? String(data.method) : 'password'
}

/**
 * The second step of a sign-in: a code of the app, or a recovery code. A code is taken once, whoever else knows it.
 * @returns the session's token
 * @throws AppError 'unauthenticated' when the first step is too long ago, 'wrong_credentials', 'rate_limited'
 */
export async function completeSignIn(unit: Unit, input: Input): Promise<string> {
  const { tenantId, stepToken, code, client, locale } = input
  const id = stepToken === null ? null : readLinkToken('step', tenantId, stepToken)
  if (id === null) throw new AppError('unauthenticated', 'There is no first step to this.')
  const outcome = await unit(async (db) => {
    const step = await findToken(db, { id, purpose: 'SECOND_FACTOR' })
    if (step === null || step.attempts >= ATTEMPTS) return 'over'
    const { userId } = step
    const by = { userId, ip: client.ip, device: readKnownBrowser(client.known ?? '', { tenantId, userId }) }
    await countCode(db, by, locale)
    // A new password, set at this very moment, ends either this step or the session that comes of it.
    if ((await holdPerson(db, userId)) === null) return 'over'
    const recovered = !(await takeCode(db, { userId, code }))
    if (recovered && !(await takeRecoveryCode(db, { userId, code }))) {
      await countAttempt(db, step.id)
      return 'wrong'
    }
    await settleCode(db, by)
    if ((await spendToken(db, { id, purpose: 'SECOND_FACTOR' })) === null) return 'over'
    if (recovered) {
      await tell(db, { kind: 'mail.account-notice', payload: { userId, what: 'recovery-codes-used' } })
    }
    return {
      token: await openSession(db, { userId, method: methodOf(step.data), withSecondFactor: true, client }),
    }
  })
  if (outcome === 'over') throw new AppError('unauthenticated', 'The first step is too long ago.')
  if (outcome === 'wrong') {
    const fields = { code: translator(locale, 'tries')('wrongCode') }
    throw new AppError('wrong_credentials', 'A wrong code.', { fields })
  }
  return outcome.token
}
