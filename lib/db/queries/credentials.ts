import 'server-only'
import type { RoleType } from '#types/db'
import { affected, firstRow, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'
import { affectOne, TOUCH } from './changes'

/** What signing in needs of a person. The only statements that select a password's hash. */

export type Credentials = {
  id: string
  email: string
  name: string
  role: RoleType
  /** A PHC hash, or what no verifier accepts. */
  password: string
  verified: boolean
  disabled: boolean
  secondFactor: boolean
}

function credentials(db: TenantDb, where: Statement): Promise<Credentials | null> {
  return firstRow<Credentials>(
    db,
    sql`select u.id, u.email, u.name, u.role, u.password, u."emailVerified" is not null as verified,
        u."disabledAt" is not null as disabled, exists (select from "SecondFactor" f where f."tenantId" = ${db.tenantId}
          and f."userId" = u.id and f."confirmedAt" is not null) as "secondFactor"
      from "User" u where u."tenantId" = ${db.tenantId} and ${where} and u."deletedAt" is null`,
  )
}

/** By address, in the spelling that is stored (lower case); null when nobody has it. */
export async function findCredentials(db: TenantDb, email: string): Promise<Credentials | null> {
  return credentials(db, sql`u.email = ${email}`)
}

export async function findCredentialsById(db: TenantDb, userId: string): Promise<Credentials | null> {
  return credentials(db, sql`u.id = ${userId}`)
}

/** @param hash a PHC text @throws AppError 'not_found' */
export async function setPassword(
  db: TenantDb,
  input: Readonly<{ userId: string; hash: string }>,
): Promise<void> {
  await affectOne(
    db,
    sql`update "User" set password = ${input.hash}, ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${input.userId} and "deletedAt" is null`,
    'person',
  )
}

/** Notes that a person has shown that their address is theirs. */
export async function confirmAddress(
  db: TenantDb,
  input: Readonly<{ userId: string; email: string }>,
): Promise<boolean> {
  return (
    (await affected(
      db,
      sql`update "User" set "emailVerified" = coalesce("emailVerified", now()), ${TOUCH}
        where "tenantId" = ${db.tenantId} and id = ${input.userId} and email = ${input.email} and "deletedAt" is null`,
    )) === 1
  )
}

/** Gives a person another address, confirmed. @throws AppError 'conflict' when somebody of the school has it */
export async function changeAddress(
  db: TenantDb,
  input: Readonly<{ userId: string; email: string }>,
): Promise<void> {
  await affectOne(
    db,
    sql`update "User" set email = ${input.email}, "emailVerified" = now(), ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${input.userId} and "deletedAt" is null`,
    'person',
  )
}
