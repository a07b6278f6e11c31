import 'server-only'
import { cache } from 'react'
import { PLATFORM_TENANT_ID } from '#lib/db/platform-id'
import type { SessionRow } from '#lib/db/queries/sessions'
import { findSession } from '#lib/db/session'
import { AppError } from '#lib/errors'
import { requestTarget, schoolOfRequest } from '#lib/tenancy/resolve'
import type { School } from '#lib/tenancy/school'
import { sessionTokenHash } from '#lib/adapters/keys/session-token'
import { readCookie } from './session-cookie'

/**
 * The one door to who is signed in. next-auth runs the protocols of signing in (lib/auth/next-auth.ts); the cookie
 * that comes of it, and this check of it, are ours, so that another library can take its place.
 */

/** Where the request's people live: a school, or the platform on the root host. */
export type Realm = Readonly<{ tenantId: string; school: School | null }>

/** @throws AppError 'not_found' on an unknown host, 'tenant_suspended' for a school that isn't open */
export const realmOfRequest = cache(async (): Promise<Realm> => {
  const target = await requestTarget()
  if (target.kind === 'root') return { tenantId: PLATFORM_TENANT_ID, school: null }
  if (target.kind === 'unknown') throw new AppError('not_found', 'This host is no school.')
  const school = await schoolOfRequest()
  return { tenantId: school.id, school }
})

/** A session that counts: where its person has a second factor, it was shown. */
export function accepted(row: SessionRow | null): SessionRow | null {
  return row !== null && row.secondFactor && row.secondFactorAt === null ? null : row
}

/** Hash of the request's session cookie; null without one. */
export async function sessionHash(): Promise<string | null> {
  return sessionTokenHash(await readCookie('session'))
}

/** Who is signed in on this request's host; read once a request, from the database. @throws AppError 'unavailable' */
export const getSession = cache(async (): Promise<SessionRow | null> => {
  const hash = await sessionHash()
  if (hash === null) return null
  const { tenantId } = await realmOfRequest()
  return accepted(await findSession(tenantId, hash))
})
