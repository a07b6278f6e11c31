import 'server-only'
import type { NotificationType } from '#lib/notifications/contract'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql, type Statement } from '../sql'
import { oneRow } from './changes'
import { announced } from './notices'
import { newestFirst } from './paging'

/** What somebody was told: theirs alone. */

export type NoticeRow = {
  id: string
  type: NotificationType
  title: string
  message: string
  /** A path on the school's own host. */
  link: string | null
  read: boolean
  createdAt: Date
}

/** A page of somebody's notices, newest first. One statement. */
export async function listNotices(
  db: TenantDb,
  input: Readonly<{ userId: string; type: NotificationType | null; cursor: Cursor | null; limit: number }>,
): Promise<Page<NoticeRow>> {
  const { userId, type, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`"createdAt"`, sql`id`)
  const found = await rows<NoticeRow>(
    db,
    sql`select id, type::text as type, title, message, link, read, "createdAt" from "Notification"
      where "tenantId" = ${db.tenantId} and "userId" = ${userId} and shown
        and (${type}::text is null or type = ${type}::"NotificationType") ${where}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, ({ createdAt }) => createdAt)
}

/** Notes that some were read, and has open views look again. @returns how many weren't */
async function read(db: TenantDb, userId: string, which: Statement): Promise<number> {
  const { count } = await oneRow<{ count: number }>(
    db,
    sql`with done as (
        update "Notification" set read = true
        where "tenantId" = ${db.tenantId} and "userId" = ${userId} and not read and ${which} returning "userId")
      select (select count(*)::int from done) as count,
        ${announced(db, sql`select distinct "userId" from done`)} as announced`,
    'notice',
  )
  return count
}

/** Notes that one was read. @returns where it leads; null: there is no such notice of theirs */
export async function readNotice(
  db: TenantDb,
  input: Readonly<{ userId: string; id: string }>,
): Promise<{ link: string | null } | null> {
  await read(db, input.userId, sql`id = ${input.id}`)
  return firstRow<{ link: string | null }>(
    db,
    sql`select link from "Notification" where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and id = ${input.id}`,
  )
}

/** Notes that all up to an instant were read: what came since was not seen yet. @returns how many weren't */
export async function readAllNotices(
  db: TenantDb,
  input: Readonly<{ userId: string; until: Date }>,
): Promise<number> {
  return read(db, input.userId, sql`shown and "createdAt" <= ${input.until}::timestamptz`)
}

export type SettingsRow = { choices: unknown; updatedAt: Date }

/** How somebody wants to be told, as it is stored; null: nothing was chosen. */
export async function findNoticeSettings(db: TenantDb, userId: string): Promise<SettingsRow | null> {
  return firstRow<SettingsRow>(
    db,
    sql`select choices, "updatedAt" from "NotificationSettings" where "tenantId" = ${db.tenantId} and "userId" = ${userId}`,
  )
}

/**
 * The same, for somebody who is still here, and the right to change it until the transaction ends.
 * @returns null: they are gone or disabled
 */
export async function lockNoticeSettings(db: TenantDb, userId: string): Promise<{ choices: unknown } | null> {
  return firstRow<{ choices: unknown }>(
    db,
    sql`insert into "NotificationSettings" ("tenantId", "userId")
      select u."tenantId", u.id from "User" u
      where u."tenantId" = ${db.tenantId} and u.id = ${userId} and u."deletedAt" is null and u."disabledAt" is null
      on conflict ("tenantId", "userId") do update set "userId" = excluded."userId"
      returning choices`,
  )
}

/**
 * Keeps how somebody wants to be told. @param input.seen when it was last changed, as the form saw it; null: never.
 * Without it whatever stands is replaced. @returns false when it was changed since
 */
export async function putNoticeSettings(
  db: TenantDb,
  input: Readonly<{ userId: string; choices: Readonly<Record<string, unknown>>; seen?: Date | null }>,
): Promise<boolean> {
  const { userId, choices, seen } = input
  const same = seen === undefined ? sql`true` : sql`s."updatedAt" is not distinct from ${seen}::timestamptz`
  const stored = await affected(
    db,
    sql`insert into "NotificationSettings" as s ("tenantId", "userId", choices)
      values (${db.tenantId}, ${userId}, ${JSON.stringify(choices)}::jsonb)
      on conflict ("tenantId", "userId") do update set choices = excluded.choices, "updatedAt" = now()
      where ${same}`,
  )
  return stored === 1
}

/** Which of these sessions (hashes of cookies) still count: of somebody who is there, in a school that is open. */
export async function listLiveSessions(
  db: TenantDb,
  hashes: readonly string[],
): Promise<{ tokenHash: string }[]> {
  return rows<{ tokenHash: string }>(
    db,
    sql`select s."tokenHash" from "Session" s
      join "User" u on u."tenantId" = s."tenantId" and u.id = s."userId" and u."deletedAt" is null and u."disabledAt" is null
      join "Tenant" t on t.id = s."tenantId" and t.status = 'ACTIVE'
      where s."tenantId" = ${db.tenantId} and s."tokenHash" = any(${hashes}::text[]) and s."expiresAt" > now()
        and s."lastSeenAt" > now() - interval '7 days'
        and (s."secondFactorAt" is not null or not exists (select from "SecondFactor" f
          where f."tenantId" = s."tenantId" and f."userId" = u.id and f."confirmedAt" is not null))`,
  )
}

export type FreshRow = {
  userId: string
  /** A hundred at most. */
  unread: number
  /** The newest unread; null where there is none. */
  id: string | null
  title: string | null
  link: string | null
  createdAt: Date | null
}

/** What is new to some people. One statement. */
export async function listFresh(db: TenantDb, userIds: readonly string[]): Promise<FreshRow[]> {
  return rows<FreshRow>(
    db,
    sql`select u.id as "userId", n.unread, f.id, f.title, f.link, f."createdAt" from unnest(${userIds}::text[]) as u(id)
      cross join lateral (select count(*)::int as unread from (select from "Notification" n
        where n."tenantId" = ${db.tenantId} and n."userId" = u.id and n.shown and not n.read limit 100) c) n
      left join lateral (select n.id, n.title, n.link, n."createdAt" from "Notification" n
        where n."tenantId" = ${db.tenantId} and n."userId" = u.id and n.shown and not n.read
        order by n."createdAt" desc limit 1) f on true`,
  )
}
