import 'server-only'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'

/** People's identities at OpenID providers. Known by the provider's own id; an address proves nothing here. */

export type Identity = Readonly<{ provider: string; subject: string }>

/** Whose identity this is; null when it is nobody's. */
export async function findByIdentity(db: TenantDb, identity: Identity): Promise<{ userId: string } | null> {
  return firstRow<{ userId: string }>(
    db,
    sql`select a."userId" from "Account" a join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId"
      where a."tenantId" = ${db.tenantId} and a.provider = ${identity.provider} and a.subject = ${identity.subject}
        and u."deletedAt" is null`,
  )
}

/** Links an identity to a person. Doing it again changes nothing. @returns whether it is new to them @throws AppError 'conflict' when it is another's, or the person has one there */
export async function linkIdentity(
  db: TenantDb,
  input: Identity & Readonly<{ userId: string; email: string | null }>,
): Promise<boolean> {
  const { userId, provider, subject, email } = input
  const made = await affected(
    db,
    sql`insert into "Account" ("tenantId", "userId", provider, subject, email)
      select u."tenantId", u.id, ${provider}, ${subject}, ${email} from "User" u
      where u."tenantId" = ${db.tenantId} and u.id = ${userId} and u."deletedAt" is null
        and not exists (select from "Account" a where a."tenantId" = ${db.tenantId} and a.provider = ${provider}
          and a.subject = ${subject} and a."userId" = ${userId})`,
  )
  return made === 1
}

export type AccountRow = { id: string; provider: string; email: string | null; createdAt: Date }

export async function listIdentities(db: TenantDb, userId: string): Promise<AccountRow[]> {
  return rows<AccountRow>(
    db,
    sql`select id, provider, email, "createdAt" from "Account"
      where "tenantId" = ${db.tenantId} and "userId" = ${userId} order by provider`,
  )
}

/** @returns whether there was one */
export async function unlinkIdentity(
  db: TenantDb,
  input: Readonly<{ userId: string; id: string }>,
): Promise<boolean> {
  return (
    (await affected(
      db,
      sql`delete from "Account" where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and id = ${input.id}`,
    )) > 0
  )
}

/** Parts a person from all their identities: whoever comes back by one of them comes as somebody new. */
export async function unlinkAll(db: TenantDb, userId: string): Promise<void> {
  await affected(db, sql`delete from "Account" where "tenantId" = ${db.tenantId} and "userId" = ${userId}`)
}
