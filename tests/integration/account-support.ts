import type { Pool } from 'pg'
import { expect } from 'vitest'
import { hashPassword } from '#lib/adapters/passwords/passwords'
import { newSessionToken, sessionTokenHash } from '#lib/adapters/keys/session-token'
import type { Account } from '#lib/account/account'
import { recordAudit } from '#lib/db/queries/audit'
import { readSession, startSession } from '#lib/db/queries/sessions'
import { withRealm } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { accepted } from '#lib/auth/session'
import { fingerprint } from './fingerprint'

/** People who are signed in, to change their own accounts with. */

/** What a refusal says about a field. */
export const A_TEXT: unknown = expect.any(String)

export const PASSWORD = 'a lantern in the harbour'

export const SETTINGS = { SMARTLMS_SECRET: 'a secret of at least thirty-two letters' } as const

/** Someone signed in on one device: the account as an action hands it to a use-case, and the device's cookie. */
export type SignedIn = Readonly<{ account: Account; tokenHash: string }>

/** Gives a person a password. */
export async function givePassword(owner: Pool, tenantId: string, userId: string): Promise<void> {
  const hash = await hashPassword(PASSWORD)
  await owner.query('UPDATE "User" SET password = $3 WHERE "tenantId" = $1 AND id = $2', [
    tenantId,
    userId,
    hash,
  ])
}

/**
 * Signs a person in. Each unit of the account checks the device's session first, as an action's does.
 * @param ip counts tries: tests that must not share a count come from different places
 */
export async function signIn(
  tenantId: string,
  userId: string,
  ip = '192.0.2.1',
  minutesAgo = 0,
): Promise<SignedIn> {
  const tokenHash = sessionTokenHash(newSessionToken()) ?? ''
  const row = await withRealm(tenantId, async (db) => {
    const device = { userAgent: 'Mozilla/5.0', ip, method: 'password', withSecondFactor: true }
    await startSession(db, { userId, tokenHash, ...device })
    return readSession(db, tokenHash)
  })
  if (row === null) throw new Error(`${userId} can’t be signed in.`)
  const account: Account = {
    unit: (query) =>
      withRealm(tenantId, async (db) => {
        if (accepted(await readSession(db, tokenHash)) === null)
          throw new AppError('unauthenticated', 'The session has ended.')
        return query(db)
      }),
    record: (db, entry) => recordAudit(db, { ...entry, action: 'account.test', actorId: userId }),
    person: {
      ...{ userId, sessionId: row.sessionId, email: row.email },
      signedInAt: new Date(row.createdAt.getTime() - minutesAgo * 60_000),
    },
    client: { ip },
    locale: 'en',
  }
  return { account, tokenHash }
}

/** Whether a device's next request finds somebody signed in. */
export async function isSignedIn(tenantId: string, device: SignedIn): Promise<boolean> {
  return withRealm(tenantId, async (db) => accepted(await readSession(db, device.tokenHash)) !== null)
}

/** The letters that a school's outbox holds, oldest first. */
export async function letters(
  owner: Pool,
  tenantId: string,
): Promise<{ kind: string; payload: Record<string, unknown> }[]> {
  const { rows } = await owner.query<{ kind: string; payload: Record<string, unknown> }>(
    'SELECT kind, payload FROM "Outbox" WHERE "tenantId" = $1 ORDER BY "createdAt", id',
    [tenantId],
  )
  return rows
}

/** Everything a school has but its counts of tries, which a refused try changes by design. */
export async function withoutCounts(owner: Pool, tenantId: string): Promise<string> {
  await owner.query('DELETE FROM "Throttle" WHERE "tenantId" = $1', [tenantId])
  return fingerprint(owner, tenantId)
}
