import type { Pool } from 'pg'
import { linkToken } from '#lib/adapters/keys/keys'
import { sessionTokenHash } from '#lib/adapters/keys/session-token'
import { hashPassword } from '#lib/adapters/passwords/passwords'
import { readSession, type SessionRow } from '#lib/db/queries/sessions'
import { withRealm, withTenant } from '#lib/db/tenant'
import type { Entered } from '#lib/identity/open-session'
import { renewRecoveryCodes, setUpFactor, takeCode } from '#lib/identity/second-factor'
import type { Client, Unit } from '#lib/identity/unit'
import { Secret, TOTP } from 'otpauth'

/** People who come in, and the letters that help them. */

export const SETTINGS = { SMARTLMS_SECRET: 'a secret of at least thirty-two letters' } as const

export const PASSWORD = 'a lantern in the harbour'
export const OTHER_PASSWORD = 'seven quiet tractors'
export const WRONG = 'not the right password'

let hash: Promise<string> | undefined

type Shape = Readonly<{
  email?: string
  /** Null for somebody who has none. */
  password?: string | null
  verified?: boolean
  disabled?: boolean
  deleted?: boolean
  role?: 'STUDENT' | 'INSTRUCTOR' | 'ADMIN'
}>

/** A person `id` with the address `<id>@<school>.example` and PASSWORD, unless the test says otherwise. */
export async function makePerson(
  owner: Pool,
  tenantId: string,
  id: string,
  shape: Shape = {},
): Promise<string> {
  const {
    email = `${id}@${tenantId}.example`,
    password = PASSWORD,
    verified = true,
    role = 'STUDENT',
  } = shape
  hash ??= hashPassword(PASSWORD)
  const stored = password === null ? '!' : await (password === PASSWORD ? hash : hashPassword(password))
  const at = (yes: boolean | undefined) => (yes === true ? new Date() : null)
  await owner.query(
    `INSERT INTO "User" (id, "tenantId", email, name, password, role, "emailVerified", "disabledAt", "deletedAt")
     VALUES ($1, $2, $3, 'Person ' || $1, $4, $5::"RoleType", $6, $7, $8)`,
    [id, tenantId, email, stored, role, at(verified), at(shape.disabled), at(shape.deleted)],
  )
  return email
}

/** @param ip tries are counted by it: tests that must not share a count come from different places */
export function from(ip = '192.0.2.1'): Client {
  return { ip, userAgent: 'Mozilla/5.0', requestId: null }
}

/** Units of work of a school, as an action opens them. */
export function unitOf(tenantId: string): Unit {
  return (query) => withRealm(tenantId, query)
}

type Purpose = 'verify-email' | 'reset-password' | 'magic-link' | 'change-email'

/** A link as a letter holds it, that is good for `minutes` from now on. */
export async function makeLink(
  owner: Pool,
  at: Readonly<{ tenantId: string; userId: string; purpose: Purpose; email: string; minutes?: number }>,
): Promise<string> {
  const { tenantId, userId, purpose, email, minutes = 15 } = at
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO "VerificationToken" ("tenantId", "userId", purpose, email, "expiresAt", data)
     SELECT $1, $2, $3::"TokenPurpose", $4, now() + make_interval(mins => $5), jsonb_build_object('before', email)
     FROM "User" WHERE "tenantId" = $1 AND id = $2 RETURNING id`,
    [tenantId, userId, purpose.replace('-', '_').toUpperCase(), email, minutes],
  )
  return linkToken(purpose, tenantId, rows[0]?.id ?? '')
}

/** Who a sign-in has let in; null for a second step, and for a session that isn't there. */
export async function whoIs(tenantId: string, entered: Entered | string): Promise<SessionRow | null> {
  const token = typeof entered === 'string' ? entered : entered.token
  const tokenHash = sessionTokenHash(token)
  return tokenHash === null ? null : withTenant(tenantId, (db) => readSession(db, tokenHash))
}

/** The code of an app, `steps` of thirty seconds from now. */
export function codeAt(secret: string, steps = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 })
  return totp.generate({ timestamp: Date.now() + steps * 30_000 })
}

export type Factor = Readonly<{ secret: string; recoveryCodes: readonly string[] }>

/** Gives a person a second factor, confirmed by the code of a step that lies `before` steps back. */
export async function giveFactor(tenantId: string, userId: string, before = 5): Promise<Factor> {
  return withTenant(tenantId, async (db) => {
    const setup = await setUpFactor(db, { userId, email: 'a@b.example', issuer: 'Test' })
    const now = Date.now() - before * 30_000
    const secret = setup?.secret ?? ''
    if (!(await takeCode(db, { userId, code: codeAt(secret, -before), now }))) throw new Error('No factor.')
    return { secret, recoveryCodes: await renewRecoveryCodes(db, userId) }
  })
}

/** The letters of a school’s outbox, oldest first. */
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

/** Forgets all tries, so that one test's don't slow the next one. */
export async function forgetAll(owner: Pool): Promise<void> {
  await owner.query('DELETE FROM "Throttle"')
}
