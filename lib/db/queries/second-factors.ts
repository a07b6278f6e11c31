import 'server-only'
import { affected, firstRow, type TenantDb } from '../handle'
import { sql } from '../sql'

/** Authenticator apps and the codes for the day the phone is lost. */

export type FactorRow = { secret: string; confirmed: boolean; lastStep: number }

/** The sealed secret of a person's app; null when they have none. */
export async function findFactor(db: TenantDb, userId: string): Promise<FactorRow | null> {
  return firstRow<FactorRow>(
    db,
    sql`select secret, "confirmedAt" is not null as confirmed, "lastStep" from "SecondFactor"
      where "tenantId" = ${db.tenantId} and "userId" = ${userId}`,
  )
}

/** Begins a set-up, or begins it anew. @returns false when a confirmed one stands already */
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
        where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and "lastStep" < ${input.step}`,
    )) === 1
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
