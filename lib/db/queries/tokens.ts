import 'server-only'
import type { TokenPurpose } from '#types/db'
import { affected, firstRow, type TenantDb } from '../handle'
import { sql } from '../sql'
import { oneRow } from './changes'

/** One-time links and steps. What opens them is made from the id with the installation's key; see lib/adapters/keys. */

type NewToken = Readonly<{
  userId: string
  purpose: TokenPurpose
  /** Where the letter goes. */
  email: string | null
  data?: Readonly<Record<string, string>>
  minutes: number
}>

/**
 * Makes a token; earlier ones of the same person and purpose end with it. Steps don't: whoever knows a password would
 * end its owner's steps with theirs, as often as they like. How many there are is up to `countStep`. @returns its id
 */
export async function issueToken(db: TenantDb, input: NewToken): Promise<string> {
  const { userId, purpose, email, data, minutes } = input
  const made = await oneRow<{ id: string }>(
    db,
    sql`with ended as (
        update "VerificationToken" set "usedAt" = now()
        where "tenantId" = ${db.tenantId} and "userId" = ${userId} and purpose = ${purpose}::"TokenPurpose" and "usedAt" is null
          and purpose <> 'SECOND_FACTOR')
      insert into "VerificationToken" ("tenantId", "userId", purpose, email, data, "expiresAt")
      values (${db.tenantId}, ${userId}, ${purpose}::"TokenPurpose", ${email}, ${data === undefined ? null : JSON.stringify(data)}::jsonb,
        now() + make_interval(mins => ${minutes}))
      returning id`,
    'token',
  )
  return made.id
}

export type TokenRow = {
  id: string
  userId: string
  email: string | null
  data: unknown
  attempts: number
  name: string
  /** The person's address now. */
  userEmail: string
  verified: boolean
}

/** A token that still opens something; null when it was used, is too old, or its person is gone or disabled. */
export async function findToken(
  db: TenantDb,
  input: Readonly<{ id: string; purpose: TokenPurpose }>,
): Promise<TokenRow | null> {
  return firstRow<TokenRow>(
    db,
    sql`select t.id, t."userId", t.email, t.data, t.attempts, u.name, u.email as "userEmail",
        u."emailVerified" is not null as verified
      from "VerificationToken" t join "User" u on u."tenantId" = t."tenantId" and u.id = t."userId"
      where t."tenantId" = ${db.tenantId} and t.id = ${input.id} and t.purpose = ${input.purpose}::"TokenPurpose"
        and t."usedAt" is null and t."expiresAt" > now() and u."deletedAt" is null and u."disabledAt" is null`,
  )
}

/** Uses a token up. Of two at the same moment one gets it. @returns null when there is nothing left to use */
export async function spendToken(
  db: TenantDb,
  input: Readonly<{ id: string; purpose: TokenPurpose }>,
): Promise<TokenRow | null> {
  const spent = await affected(
    db,
    sql`update "VerificationToken" set "usedAt" = now()
      where "tenantId" = ${db.tenantId} and id = ${input.id} and purpose = ${input.purpose}::"TokenPurpose"
        and "usedAt" is null and "expiresAt" > now()`,
  )
  if (spent === 0) return null
  return firstRow<TokenRow>(
    db,
    sql`select t.id, t."userId", t.email, t.data, t.attempts, u.name, u.email as "userEmail",
        u."emailVerified" is not null as verified
      from "VerificationToken" t join "User" u on u."tenantId" = t."tenantId" and u.id = t."userId"
      where t."tenantId" = ${db.tenantId} and t.id = ${input.id} and u."deletedAt" is null and u."disabledAt" is null`,
  )
}

/** Ends all open tokens of a person: after a changed password or address no earlier link is worth anything. */
export async function endTokens(db: TenantDb, userId: string): Promise<void> {
  await affected(
    db,
    sql`update "VerificationToken" set "usedAt" = now()
      where "tenantId" = ${db.tenantId} and "userId" = ${userId} and "usedAt" is null`,
  )
}

/** Counts a wrong code against a step. @returns the tries so far */
export async function countAttempt(db: TenantDb, id: string): Promise<number> {
  const row = await oneRow<{ attempts: number }>(
    db,
    sql`update "VerificationToken" set attempts = attempts + 1
      where "tenantId" = ${db.tenantId} and id = ${id} returning attempts`,
    'token',
  )
  return row.attempts
}
