import 'server-only'
import { firstRow, type TenantDb } from '../handle'
import { sql } from '../sql'
import { oneRow } from './changes'

/** Days on which somebody learned, one after another, in the calendar of where they are. */

export type Touched = {
  /** Days in a row, when this moved it; null when the day counted already. */
  days: number | null
  /** Of the day where the learner is, 0 to 23. */
  hour: number
  /** BCP 47, the learner's or their school's. */
  locale: string
}

/**
 * Counts the learner's day of `now`, once: the day after the last one continues the streak, a later one begins another,
 * the same or an earlier one (somebody crossed the date line westwards) changes nothing. The day before is asked of
 * the zone, so that a day that its calendar left out is not missed. One statement; of fifty at once, one counts.
 * @throws AppError 'not_found' when the person is none of this school's
 */
export async function touchStreak(
  db: TenantDb,
  input: Readonly<{ userId: string; now: Date }>,
): Promise<Touched> {
  const { userId, now } = input
  // Noon exists once in every zone, and eighteen hours before it lie in the day before, however long that was.
  return oneRow<Touched>(
    db,
    sql`with learner as (
        select u.id, coalesce(u.locale, t.locale) as locale, w.at, w.at::date as day,
          ((w.at::date + time '12:00') at time zone z.zone - interval '18 hours') at time zone z.zone as before
        from "User" u
        join "Tenant" t on t.id = u."tenantId"
        cross join lateral (select coalesce(u."timeZone", t."timeZone") as zone) z
        cross join lateral (select ${now}::timestamptz at time zone z.zone as at) w
        where u."tenantId" = ${db.tenantId} and u.id = ${userId} and u."deletedAt" is null
      ), moved as (
        insert into "Streak" as s ("tenantId", "userId", "currentStreak", "longestStreak", "lastActiveDate", "updatedAt")
        select ${db.tenantId}, l.id, 1, 1, l.day, ${now}::timestamptz from learner l
        on conflict ("tenantId", "userId") do update set
          "currentStreak" = case when s."lastActiveDate" >= (select l.before::date from learner l) then s."currentStreak" + 1 else 1 end,
          "longestStreak" = greatest(s."longestStreak",
            case when s."lastActiveDate" >= (select l.before::date from learner l) then s."currentStreak" + 1 else 1 end),
          "lastActiveDate" = excluded."lastActiveDate", "updatedAt" = excluded."updatedAt"
        where s."tenantId" = ${db.tenantId} and (s."lastActiveDate" is null or s."lastActiveDate" < excluded."lastActiveDate")
        returning s."currentStreak" as days
      )
      select m.days, extract(hour from l.at)::int as hour, l.locale from learner l left join moved m on true`,
    'person',
  )
}

export type StreakRow = {
  current: number
  longest: number
  /** `YYYY-MM-DD` in the learner's zone. */
  lastDay: string | null
}

/** Somebody's streak as it stands; null before their first day. One statement. */
export async function findStreak(db: TenantDb, userId: string): Promise<StreakRow | null> {
  return firstRow<StreakRow>(
    db,
    sql`select "currentStreak" as current, "longestStreak" as longest, to_char("lastActiveDate", 'YYYY-MM-DD') as "lastDay"
      from "Streak" where "tenantId" = ${db.tenantId} and "userId" = ${userId}`,
  )
}
