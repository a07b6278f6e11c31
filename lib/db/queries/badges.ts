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
}>

/**
 * Gives a person those of the badges that they don't have yet, and has them told of each, in one statement: the unique
 * key decides which are new, and only these are told of.
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
        select w.type::"BadgeType" as type, w.about, w.lessons
        from unnest(${badges.map(({ type }) => type)}::text[], ${badges.map(({ about }) => about)}::text[],
          ${badges.map(({ lessons }) => lessons)}::int[]) as w(type, about, lessons)
      ), done as (
        select count(*) as lessons from (
          select 1 from "LessonProgress" p
          where p."tenantId" = ${db.tenantId} and p."userId" = ${userId} and p.completed limit ${most}) p
      ), fresh as (
        insert into "Badge" ("tenantId", "userId", type, about, "earnedAt")
        select ${db.tenantId}, ${userId}, w.type, w.about, ${now}::timestamptz from wanted w cross join done d
        where d.lessons >= w.lessons order by w.type, w.about
        on conflict ("tenantId", "userId", type, about) do nothing
        returning id, type, about
      ), told as (
        insert into "Outbox" ("tenantId", kind, payload)
        select ${db.tenantId}, 'notice.badge', jsonb_build_object('id', f.id) from fresh f returning id
      )
      select f.type::text as type, f.about,
        (select smartlms_enqueue_later(array_agg(t.id), array_agg(now()), 0)::text from told t) as queued
      from fresh f`,
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
