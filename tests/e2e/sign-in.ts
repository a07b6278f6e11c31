import { createHash, randomBytes } from 'node:crypto'
import { owner } from '#tests/support/served'

/** Name of the session's cookie over plain http. */
export const SESSION_COOKIE = 'smartlms.session'

/**
 * Signs a person in without their password: a row as signing in makes it, and the cookie's text.
 * @param options.secondFactor as if their code had been taken too
 */
export async function signIn(
  tenantId: string,
  userId: string,
  options: Readonly<{ secondFactor?: boolean }> = {},
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await owner().query(
    `insert into "Session" ("tenantId", "userId", "tokenHash", method, "secondFactorAt", "expiresAt")
     values ($1, $2, $3, 'password', case when $4 then now() end, now() + interval '1 day')`,
    [tenantId, userId, createHash('sha256').update(token).digest('hex'), options.secondFactor ?? true],
  )
  return token
}

/** A Cookie header with a session in it. */
export function cookieOf(token: string): Record<string, string> {
  return { cookie: `${SESSION_COOKIE}=${token}` }
}
