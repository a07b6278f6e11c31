import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'

/** Numbers about a whole school. */

export type PeriodRow = {
  span: 'day' | 'week' | 'month'
  start: string
  people: number
  lessons: number
  hours: number
}

/**
 * Who learned on each day of the last four weeks, in each of the last weeks and months, by the school's clock; periods
 * without anybody too. One statement.
 */
export async function listPeriods(
  db: TenantDb,
  { weeks }: Readonly<{ weeks: number }>,
): Promise<PeriodRow[]> {
  return rows<PeriodRow>(
    db,
    sql`with today as (
        select (now() at time zone s."timeZone")::date as day from "Tenant" s where s.id = ${db.tenantId}
      ), spans as (
        select 'day' as span, day - n as start, day - n + 1 as until from today, generate_series(0, 27) n
        union all
        select 'week', w.start, w.start + 7 from today, generate_series(0, ${weeks}::int - 1) n,
          lateral (select date_trunc('week', day::timestamp)::date - 7 * n as start) w
        union all
        select 'month', m.start, (m.start + interval '1 month')::date from today, generate_series(0, 11) n,
          lateral (select (date_trunc('month', day::timestamp) - n * interval '1 month')::date as start) m
      )
      select s.span, to_char(s.start, 'YYYY-MM-DD') as start, coalesce(a.people, 0) as people,
        coalesce(d.lessons, 0)::int as lessons, coalesce(d.seconds, 0)::float8 / 3600 as hours
      from spans s
      left join "SchoolActivity" a on a."tenantId" = ${db.tenantId} and a.span = s.span and a.start = s.start
      left join lateral (select sum(greatest(x.lessons, 0)) as lessons, sum(greatest(x.seconds, 0)) as seconds from "SchoolActivity" x
        where x."tenantId" = ${db.tenantId} and x.span = 'day' and x.start >= s.start and x.start < s.until) d on s.span = 'week'
      order by s.span, s.start`,
  )
}

export type SchoolFiguresRow = {
  people: number
  enrollments: number
  completed: number
  storageBytes: number
  aiMessages: number
  /** Of the report that people and enrollments are taken from, and its weeks; null: they were counted now. */
  madeAt: Date | null
  weeks: unknown
}

/**
 * What there is, and what is used: people and enrollments as the school's report says, or counted now where there is
 * none. One statement. @param input.anew counted now in any case
 */
export async function getSchoolFigures(
  db: TenantDb,
  { anew }: Readonly<{ anew: boolean }>,
): Promise<SchoolFiguresRow> {
  const row = await firstRow<SchoolFiguresRow>(
    db,
    sql`select coalesce(r.people, (select count(*)::int from "User" u
          where r.id is null and u."tenantId" = ${db.tenantId} and u."deletedAt" is null)) as people,
        coalesce(r.enrollments, e.enrollments) as enrollments, coalesce(r.completed, e.completed) as completed, r."madeAt", r.weeks,
        (select coalesce(sum(amount), 0)::float8 from "UsageCounter"
          where "tenantId" = ${db.tenantId} and kind = 'storage' and period = '') as "storageBytes",
        (select coalesce(sum(amount), 0)::int from "UsageCounter" where "tenantId" = ${db.tenantId} and kind = 'ai-messages'
          and period = to_char(now() at time zone s."timeZone", 'YYYY-MM')) as "aiMessages"
      from "Tenant" s
      left join "SchoolReport" r on r."tenantId" = s.id and not ${anew}::boolean
      cross join lateral (select count(*)::int as enrollments, count(n."completedAt")::int as completed from "Enrollment" n
        where r.id is null and n."tenantId" = ${db.tenantId}) e
      where s.id = ${db.tenantId}`,
  )
  const none = { storageBytes: 0, aiMessages: 0, madeAt: null, weeks: null }
  return row ?? { people: 0, enrollments: 0, completed: 0, ...none }
}

export type WeekRow = { start: string; enrolled: number; completions: number }

/** Who enrolled and who completed a course in each of the last weeks. One statement. */
export async function listEnrollmentWeeks(
  db: TenantDb,
  { weeks }: Readonly<{ weeks: number }>,
): Promise<WeekRow[]> {
  return rows<WeekRow>(
    db,
    sql`with zone as (
        select s."timeZone" as name, date_trunc('week', now() at time zone s."timeZone")::date - 7 * (${weeks}::int - 1) as first
        from "Tenant" s where s.id = ${db.tenantId}
      ), moments as (
        select (date_trunc('week', e."enrolledAt" at time zone z.name))::date as start, 1 as enrolled, 0 as completions
        from zone z, "Enrollment" e where e."tenantId" = ${db.tenantId} and e."enrolledAt" >= z.first::timestamp at time zone z.name
        union all
        select (date_trunc('week', e."completedAt" at time zone z.name))::date, 0, 1
        from zone z, "Enrollment" e where e."tenantId" = ${db.tenantId} and e."completedAt" >= z.first::timestamp at time zone z.name
      )
      select to_char(start, 'YYYY-MM-DD') as start, sum(enrolled)::int as enrolled, sum(completions)::int as completions
      from moments group by 1`,
  )
}

/**
 * Messages that people wrote to the tutor in each of the last weeks; a conversation counts in the week it was last
 * written in. One statement.
 */
export async function countChatMessages(
  db: TenantDb,
  { weeks }: Readonly<{ weeks: number }>,
): Promise<{ start: string; messages: number }[]> {
  return rows(
    db,
    sql`select to_char(date_trunc('week', c."updatedAt" at time zone s."timeZone"), 'YYYY-MM-DD') as start,
        sum(jsonb_array_length(jsonb_path_query_array(c.messages, '$[*] ? (@.role == "user")')))::int as messages
      from "AIChat" c join "Tenant" s on s.id = ${db.tenantId}
      where c."tenantId" = ${db.tenantId}
        and c."updatedAt" >= (date_trunc('week', now() at time zone s."timeZone") - make_interval(weeks => ${weeks}::int - 1)) at time zone s."timeZone"
      group by 1`,
  )
}
