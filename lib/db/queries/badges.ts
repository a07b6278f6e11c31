import 'server-only'
import type { BadgeType } from '#lib/awards/contract'
import { rows, type TenantDb } from '../handle'
import { sql } from '../sql'

/** What somebody earned, each thing once. */

export type NewBadge = Readonly<{
  type: BadgeType
  /** Id of the course it is earned in; empty where it is earned once. */
  about: string
  /** Completed lessons that it takes as well. */
  lessons: number
  /** What its holder is told, in their language. */
  title: string
  message: string
}>

/** Where the news of a badge leads. */
const LINK = '/certificates'

/**
 * Gives a person those of the badges that they don't have yet, and tells them of each, in one statement: the unique key
 * decides which are new, and only these are told of. Whoever doesn't want to see badges isn't told.
 * @returns the new ones
 */
export async function giveBadges(
  db: TenantDb,
  input: Readonly<{ userId: string; badges: readonly NewBadge[]; now: Date }>,
): Promise<Readonly<{ type: BadgeType; about: string }>[]> {
  const { userId, badges, now } = input
  const most = Math.max(0, ...badges.map(({ lessons }) => lessons))
  return rows<{ type: BadgeType; about: string }>(
    db,
    sql`with wanted as (
        select w.type::"BadgeType" as type, w.about, w.lessons, w.title, w.message
        from unnest(${badges.map(({ type }) => type)}::text[], ${badges.map(({ about }) => about)}::text[],
          ${badges.map(({ lessons }) => lessons)}::int[], ${badges.map(({ title }) => title)}::text[],
          ${badges.map(({ message }) => message)}::text[]) as w(type, about, lessons, title, message)
      ), done as (
        select count(*) as lessons from (
          select 1 from "LessonProgress" p
          where p."tenantId" = ${db.tenantId} and p."userId" = ${userId} and p.completed limit ${most}) p
      ), fresh as (
        insert into "Badge" ("tenantId", "userId", type, about, "earnedAt")
        select ${db.tenantId}, ${userId}, w.type, w.about, ${now}::timestamptz from wanted w cross join done d
        where d.lessons >= w.lessons order by w.type, w.about
        on conflict ("tenantId", "userId", type, about) do nothing
        returning type, about
      ), told as (
        insert into "Notification" ("tenantId", "userId", type, key, title, message, link, "createdAt")
        select ${db.tenantId}, ${userId}, 'ACHIEVEMENT', 'badge:' || w.type || ':' || w.about, w.title, w.message,
          ${LINK}, ${now}::timestamptz
        from fresh f join wanted w on w.type = f.type and w.about = f.about
        where not exists (select from "ProfileChoice" c
          where c."tenantId" = ${db.tenantId} and c."userId" = ${userId} and c.hidden)
        on conflict ("tenantId", "userId", key) do nothing
      )
      select type::text as type, about from fresh`,
  )
}

export type BadgeRow = {
  type: BadgeType
  earnedAt: Date
  courseTitle: string | null
}

/** The newest badges of a person, at most `limit`. One statement. */
export async function listBadges(
  db: TenantDb,
  input: Readonly<{ userId: string; limit: number }>,
): Promise<BadgeRow[]> {
  return rows<BadgeRow>(
    db,
    sql`select b.type::text as type, b."earnedAt", c.title as "courseTitle" from "Badge" b
      left join "Course" c on c."tenantId" = b."tenantId" and c.id = b.about and c."deletedAt" is null
      where b."tenantId" = ${db.tenantId} and b."userId" = ${input.userId}
      order by b."earnedAt" desc, b.id desc limit ${input.limit}`,
  )
}
