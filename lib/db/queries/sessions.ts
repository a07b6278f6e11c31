import 'server-only'
import type { RoleType } from '#types/db'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/** Who is signed in, and on which devices. A cookie's text is never stored: `tokenHash` is its SHA-256, in hex. */

export type SessionRow = {
  sessionId: string
  userId: string
  name: string
  email: string
  role: RoleType
  /** Storage key. */
  avatar: string | null
  /** IANA; the school's when null. */
  timeZone: string | null
  /** BCP 47; the school's when null. */
  locale: string | null
  hasPassword: boolean
  /** Whether the person has a confirmed second factor. */
  secondFactor: boolean
  /** When it was shown for this session; null when it was not. */
  secondFactorAt: Date | null
  createdAt: Date
  /** One list a custom role, unchecked. */
  permissions: unknown
}

/**
 * The person behind a cookie, in one statement: null rows for an unknown, ended or expired session, and for somebody
 * who is disabled or deleted. Also notes that they were here, at most every five minutes.
 */
export function sessionStatement(tenantId: string, tokenHash: string): Statement {
  return sql`select * from smartlms_session(${tenantId}, ${tokenHash})`
}

/** The same, inside a unit of work: what an action decides then holds in the transaction that it writes in. */
export async function readSession(db: TenantDb, tokenHash: string): Promise<SessionRow | null> {
  return firstRow<SessionRow>(db, sessionStatement(db.tenantId, tokenHash))
}

type NewSession = Readonly<{
  userId: string
  tokenHash: string
  /** 'password', 'magic-link', 'invitation', 'sign-up', or a provider's id. */
  method: string
  withSecondFactor: boolean
  userAgent: string | null
  ip: string | null
}>

/** Days until a session ends, used or not; one that isn't used ends after seven (smartlms_session). */
export const SESSION_DAYS = 30

/** Signs a person in on one device. @returns false for somebody who is disabled or deleted */
export async function startSession(db: TenantDb, input: NewSession): Promise<boolean> {
  const { userId, tokenHash, method, withSecondFactor, userAgent, ip } = input
  const made = await affected(
    db,
    sql`with person as (
        update "User" set "lastSeenAt" = now() where "tenantId" = ${db.tenantId} and id = ${userId}
          and "deletedAt" is null and "disabledAt" is null returning "tenantId", id)
      insert into "Session" ("tenantId", "userId", "tokenHash", method, "secondFactorAt", "userAgent", ip, "expiresAt")
      select p."tenantId", p.id, ${tokenHash}, ${method}, case when ${withSecondFactor} then now() end, ${userAgent}, ${ip},
        now() + make_interval(days => ${SESSION_DAYS}) from person p where p."tenantId" = ${db.tenantId}`,
  )
  return made === 1
}

export type DeviceRow = {
  id: string
  method: string
  userAgent: string | null
  ip: string | null
  createdAt: Date
  lastSeenAt: Date
}

/** The devices a person is signed in on, the last used first; at most a hundred. */
export async function listSessions(db: TenantDb, userId: string): Promise<DeviceRow[]> {
  return rows<DeviceRow>(
    db,
    sql`select id, method, "userAgent", ip, "createdAt", "lastSeenAt" from "Session"
      where "tenantId" = ${db.tenantId} and "userId" = ${userId} and "expiresAt" > now()
        and "lastSeenAt" > now() - interval '7 days'
      order by "lastSeenAt" desc, id limit 100`,
  )
}

/** Ends one session of a person. @returns whether there was one */
export async function endSession(
  db: TenantDb,
  input: Readonly<{ userId: string; sessionId: string }>,
): Promise<boolean> {
  return (
    (await affected(
      db,
      sql`delete from "Session" where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and id = ${input.sessionId}`,
    )) > 0
  )
}

/** Ends all sessions of a person, but the one they are asking from if it is named. @returns how many */
export async function endSessions(
  db: TenantDb,
  input: Readonly<{ userId: string; except: string | null }>,
): Promise<number> {
  return affected(
    db,
    sql`delete from "Session" where "tenantId" = ${db.tenantId} and "userId" = ${input.userId}
      and id is distinct from ${input.except}`,
  )
}

/** Ends the sessions of a person that were opened in one way, but the one they are asking from. @returns how many */
export async function endSessionsBy(
  db: TenantDb,
  input: Readonly<{ userId: string; method: string; except: string }>,
): Promise<number> {
  return affected(
    db,
    sql`delete from "Session" where "tenantId" = ${db.tenantId} and "userId" = ${input.userId}
      and method = ${input.method} and id <> ${input.except}`,
  )
}

/** Ends the session behind a cookie, whosever it is. */
export async function endSessionOf(db: TenantDb, tokenHash: string): Promise<void> {
  await affected(
    db,
    sql`delete from "Session" where "tenantId" = ${db.tenantId} and "tokenHash" = ${tokenHash}`,
  )
}

/**
 * Puts a session with the second factor shown in the place of one without, under another id and token. It is as old as
 * that one, and ends with it: nobody signed in anew.
 * @returns the new one's id; null when the old one has ended
 */
export async function renewSession(
  db: TenantDb,
  input: Readonly<{ userId: string; sessionId: string; tokenHash: string }>,
): Promise<string | null> {
  const row = await firstRow<{ id: string }>(
    db,
    sql`with old as (
        delete from "Session" where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and id = ${input.sessionId}
        returning "tenantId", "userId", method, "userAgent", ip, "createdAt", "expiresAt")
      insert into "Session" ("tenantId", "userId", "tokenHash", method, "secondFactorAt", "userAgent", ip, "createdAt", "expiresAt")
      select o."tenantId", o."userId", ${input.tokenHash}, o.method, now(), o."userAgent", o.ip, o."createdAt", o."expiresAt"
      from old o where o."tenantId" = ${db.tenantId} returning id`,
  )
  return row?.id ?? null
}
