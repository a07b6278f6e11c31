import 'server-only'
import type { Audience, NotificationType } from '#lib/notifications/contract'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/** What people are told of: whom, in which words, and what each kind of notice is made of. */

export type Addressee = { userId: string; locale: string; timeZone: string }

function within(db: TenantDb, audience: Audience): Statement {
  if ('users' in audience) return sql`u.id = any(${audience.users}::text[])`
  if ('learnersOf' in audience) {
    return sql`exists (select from "Enrollment" e
      where e."tenantId" = ${db.tenantId} and e."userId" = u.id and e."courseId" = ${audience.learnersOf})`
  }
  return sql`true`
}

/**
 * The next of those who are told, by id; people who are gone or disabled are left out. One statement.
 * @param input.after the last id of the part before; empty for the first
 */
export async function listAddressees(
  db: TenantDb,
  input: Readonly<{ audience: Audience; after: string; limit: number }>,
): Promise<Addressee[]> {
  return rows<Addressee>(
    db,
    sql`select u.id as "userId", coalesce(u.locale, t.locale) as locale, coalesce(u."timeZone", t."timeZone") as "timeZone"
      from "User" u join "Tenant" t on t.id = u."tenantId"
      where u."tenantId" = ${db.tenantId} and u.id > ${input.after} and u."deletedAt" is null and u."disabledAt" is null
        and ${within(db, input.audience)}
      order by u.id limit ${input.limit}`,
  )
}

export type NewNotice = Readonly<{ userId: string; title: string; message: string }>

/** Tells each of them, unless they were told the same already. One statement. @returns how many were told */
export async function insertNotices(
  db: TenantDb,
  input: Readonly<{ type: NotificationType; key: string; link: string; notices: readonly NewNotice[] }>,
): Promise<number> {
  const { type, key, link, notices } = input
  return affected(
    db,
    sql`insert into "Notification" ("tenantId", "userId", type, key, link, title, message)
      select ${db.tenantId}, n."userId", ${type}::"NotificationType", ${key}, ${link}, left(n.title, 200), n.message
      from unnest(${notices.map(({ userId }) => userId)}::text[], ${notices.map(({ title }) => title)}::text[],
        ${notices.map(({ message }) => message)}::text[]) as n("userId", title, message)
      join "User" u on u."tenantId" = ${db.tenantId} and u.id = n."userId"
      on conflict ("tenantId", "userId", key) do nothing`,
  )
}

/** A question about a grade that was answered; null when it wasn't, or is gone. */
export async function findAnsweredQuestion(
  db: TenantDb,
  id: string,
): Promise<{ userId: string; courseId: string; courseTitle: string } | null> {
  return firstRow(
    db,
    sql`select q."userId", q."courseId", c.title as "courseTitle" from "GradeQuestion" q
      join "Course" c on c."tenantId" = q."tenantId" and c.id = q."courseId" and c."deletedAt" is null
      where q."tenantId" = ${db.tenantId} and q.id = ${id} and q."answeredAt" is not null`,
  )
}
