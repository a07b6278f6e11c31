import 'server-only'
import { affected, firstRow, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/** Authenticator apps and the codes for the day the phone is lost. */

/** Minutes within which a set-up has to be confirmed. What was begun and left alone, by whomever, counts for nothing. */
const SET_UP_MINUTES = 15

/** What still counts of a second factor's rows. */
function counts(): Statement {
  return sql`("confirmedAt" is not null or "createdAt" > now() - make_interval(mins => ${SET_UP_MINUTES}))`
}

export type FactorRow = { secret: string; confirmed: boolean; lastStep: number }

/** The sealed secret of a person's app; null when they have none, and when its set-up was left alone. */
export async function findFactor(db: TenantDb, userId: string): Promise<FactorRow | null> {
  return firstRow<FactorRow>(
    db,
    sql`select secret, "confirmedAt" is not null as confirmed, "lastStep" from "SecondFactor"
      where "tenantId" = ${db.tenantId} and "userId" = ${userId} and ${counts()}`,
  )
}

/** Begins a set-up, or begins it anew with this secret. @returns false when a confirmed one stands already */
export async function beginFactor(
  db: TenantDb,
  input: Readonly<{ userId: string; secret: string }>,
): Promise<boolean> {
  return (
    (await affected(
      db,
      sql`insert into "SecondFactor" as f ("tenantId", "userId", secret) values (${db.tenantId}, ${input.userId}, ${input.secret})
        on conflict ("tenantId", "userId") do update set secret = excluded.secret, "createdAt" = now()
        where f."confirmedAt" is null`,
    )) === 1
  )
}

/**
 * Takes a code's step, once: the same or an earlier one is refused, whoever else knows it. Confirms the set-up.
 * @returns whether it was taken
 */
export async function takeStep(
  db: TenantDb,
  input: Readonly<{ userId: string; step: number }>,
): Promise<boolean> {
  return (
    (await affected(
      db,
      sql`update "SecondFactor" set "lastStep" = ${input.step}, "confirmedAt" = coalesce("confirmedAt", now())
        where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and "lastStep" < ${input.step} and ${counts()}`,
    )) === 1
  )
}

/** Forgets a set-up that isn't confirmed: its secret may have been seen by whoever knew the password until now. */
export async function forgetSetUp(db: TenantDb, userId: string): Promise<void> {
  await affected(
    db,
    sql`delete from "SecondFactor" where "tenantId" = ${db.tenantId} and "userId" = ${userId} and "confirmedAt" is null`,
  )
}

/** Removes the second factor and its recovery codes. @returns whether there was one */
export async function removeFactor(db: TenantDb, userId: string): Promise<boolean> {
  await affected(
    db,
    sql`delete from "RecoveryCode" where "tenantId" = ${db.tenantId} and "userId" = ${userId}`,
  )
  return (
    (await affected(
      db,
      sql`delete from "SecondFactor" where "tenantId" = ${db.tenantId} and "userId" = ${userId}`,
    )) > 0
  )
}

/** Replaces a person's recovery codes. */
export async function replaceRecoveryCodes(
  db: TenantDb,
  input: Readonly<{ userId: string; hashes: readonly string[] }>,
): Promise<void> {
  await affected(
    db,
    sql`delete from "RecoveryCode" where "tenantId" = ${db.tenantId} and "userId" = ${input.userId}`,
  )
  await affected(
    db,
    sql`insert into "RecoveryCode" ("tenantId", "userId", "codeHash")
      select ${db.tenantId}, ${input.userId}, hash from unnest(${input.hashes}::text[]) as given(hash)`,
  )
}

/** Uses a recovery code up. Of two at the same moment one gets it. */
export async function spendRecoveryCode(
  db: TenantDb,
  input: Readonly<{ userId: string; hash: string }>,
): Promise<boolean> {
  return (
    (await affected(
      db,
      sql`update "RecoveryCode" set "usedAt" = now()
        where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and "codeHash" = ${input.hash} and "usedAt" is null`,
    )) === 1
  )
}

/** How many recovery codes a person has left. */
export async function countRecoveryCodes(db: TenantDb, userId: string): Promise<number> {
  const row = await firstRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from "RecoveryCode"
      where "tenantId" = ${db.tenantId} and "userId" = ${userId} and "usedAt" is null`,
  )
  return row?.count ?? 0
}
