import 'server-only'
import { affected, type TenantDb } from '../handle'
import { sql } from '../sql'
import { oneRow } from './changes'

/** Days on which somebody learned, in the calendar of where they were. */

export type MarkedDay = {
  /** Whether the day didn't count before. */
  isNew: boolean
  /** IANA, of the learner or their school. */
  timeZone: string
  /** Of the day where the learner is, 0 to 23. */
  hour: number
  /** BCP 47, the learner's or their school's. */
  locale: string
}

/**
 * Notes the learner's day of `now`, once: of fifty at the same moment one is new, and the others wait for it. Where it
 * is new the streak's row is locked until the transaction ends, so that two new days are counted one after the other.
 * The last day that a streak's row names is noted with it: a process of before knows no other place for it.
 * One statement. @throws AppError 'not_found' when the person is none of this school's
 */
export async function markDay(
  db: TenantDb,
  input: Readonly<{ userId: string; now: Date }>,
): Promise<MarkedDay> {
  const { userId, now } = input
  return oneRow<MarkedDay>(
    db,
    sql`with learner as (
        select u.id, coalesce(u.locale, t.locale) as locale, z.zone, w.at, w.at::date as day
        from "User" u
        join "Tenant" t on t.id = u."tenantId"
        cross join lateral (select coalesce(u."timeZone", t."timeZone") as zone) z
        cross join lateral (select ${now}::timestamptz at time zone z.zone as at) w
        where u."tenantId" = ${db.tenantId} and u.id = ${userId} and u."deletedAt" is null
      ), fresh as (
        insert into "LearningDay" ("tenantId", "userId", day, "createdAt")
        select ${db.tenantId}, d.id, d.day, ${now}::timestamptz from (
          select l.id, l.day from learner l
          union select l.id, s."lastActiveDate" from learner l join "Streak" s on s."tenantId" = ${db.tenantId} and s."userId" = l.id
          where s."lastActiveDate" is not null
        ) d order by d.day
        on conflict ("tenantId", "userId", day) do nothing
        returning day
      ), held as (
        insert into "Streak" as s ("tenantId", "userId", "updatedAt")
        select ${db.tenantId}, l.id, ${now}::timestamptz from learner l where l.day in (select f.day from fresh f)
        on conflict ("tenantId", "userId") do update set "updatedAt" = excluded."updatedAt"
        where s."tenantId" = ${db.tenantId}
        returning 1
      )
      select l.day in (select f.day from fresh f) as "isNew", l.zone as "timeZone", extract(hour from l.at)::int as hour, l.locale
      from learner l left join held on true`,
    'person',
  )
}

export type LearningFacts = {
  /** `YYYY-MM-DD`, each once, in order. */
  days: string[]
  /** Of the school. */
  breaks: { first: string; last: string }[]
  /** Days of the longest streak on record. */
  longest: number
  /** They don't want to see streaks and badges. */
  hidden: boolean
}

/** All that somebody's streak follows from; nothing before their first day. One statement. */
export async function findLearningDays(db: TenantDb, userId: string): Promise<LearningFacts> {
  return oneRow<LearningFacts>(
    db,
    sql`select coalesce(s."longestStreak", 0) as longest, coalesce(c.hidden, false) as hidden,
        array(select to_char(d.day, 'YYYY-MM-DD') from (
          select l.day from "LearningDay" l where l."tenantId" = ${db.tenantId} and l."userId" = ${userId}
          union select s."lastActiveDate" where s."lastActiveDate" is not null
        ) d order by d.day) as days,
        coalesce((select json_agg(json_build_object('first', b."firstDay", 'last', b."lastDay") order by b."firstDay")
          from "SchoolBreak" b where b."tenantId" = ${db.tenantId}), '[]') as breaks
      from (select ${userId}::text as id) u
      left join "Streak" s on s."tenantId" = ${db.tenantId} and s."userId" = u.id
      left join "ProfileChoice" c on c."tenantId" = ${db.tenantId} and c."userId" = u.id`,
    'person',
  )
}

/** Puts down where a streak stands, for the row that `markDay` has locked. */
export async function writeStreak(
  db: TenantDb,
  input: Readonly<{ userId: string; current: number; longest: number; lastDay: string }>,
): Promise<void> {
  const { userId, current, longest, lastDay } = input
  await affected(
    db,
    sql`update "Streak" set "currentStreak" = ${current}, "longestStreak" = greatest("longestStreak", ${longest}::int),
        "lastActiveDate" = ${lastDay}::date
      where "tenantId" = ${db.tenantId} and "userId" = ${userId}`,
  )
}
