import 'server-only'
import { linkToken } from '#lib/adapters/keys/keys'
import { newSessionToken, sessionTokenHash } from '#lib/adapters/keys/session-token'
import { recordAudit } from '#lib/db/queries/audit'
import { endSessionOf, startSession } from '#lib/db/queries/sessions'
import { issueToken } from '#lib/db/queries/tokens'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { LINK_MINUTES } from './contract'
import type { Client } from './unit'

/** How a sign-in went on: a session whose token goes into the cookie, or a second step whose token does. */
export type Entered = Readonly<{ kind: 'session'; token: string } | { kind: 'step'; token: string }>

type Input = Readonly<{
  userId: string
  /** 'password', 'magic-link', 'invitation', 'sign-up', or a provider's id. */
  method: string
  withSecondFactor: boolean
  client: Client
}>

/**
 * Signs a person in on this device, under a new id in any case. Whoever was signed in on it before, the same person or
 * another, no longer is: nobody could end a session whose cookie is gone.
 * @throws AppError 'wrong_credentials' for one who is disabled
 */
export async function openSession(db: TenantDb, input: Input): Promise<string> {
  const { userId, method, withSecondFactor, client } = input
  const token = newSessionToken()
  const started = await startSession(db, {
    userId,
    method,
    withSecondFactor,
    tokenHash: sessionTokenHash(token) ?? '',
    userAgent: client.userAgent,
    ip: client.ip === '' ? null : client.ip,
  })
  if (!started) throw new AppError('wrong_credentials', 'The person is disabled.')
  const held = client.sessionHash ?? null
  if (held !== null) await endSessionOf(db, held)
  await recordAudit(db, {
    action: 'auth.signed-in',
    actorId: userId,
    targetType: 'User',
    targetId: userId,
    after: { method, secondFactor: withSecondFactor },
    client,
  })
  return token
}

/** Goes on after the first proof: to the second step where the person has a second factor, else straight in. */
export async function enter(
  db: TenantDb,
  input: Omit<Input, 'withSecondFactor'> & Readonly<{ secondFactor: boolean }>,
): Promise<Entered> {
  const { userId, method, client, secondFactor } = input
  if (!secondFactor) {
    return {
      kind: 'session',
      token: await openSession(db, { userId, method, client, withSecondFactor: false }),
    }
  }
  const id = await issueToken(db, {
    userId,
    purpose: 'SECOND_FACTOR',
    email: null,
    data: { method },
    minutes: LINK_MINUTES.step,
  })
  return { kind: 'step', token: linkToken('step', db.tenantId, id) }
}
