import 'server-only'
import { AppError } from '#lib/errors'
import { rows, type TenantDb } from '../handle'
import { sql } from '../sql'

/** Figures about a school. Each is one statement over sets; deleted people and courses are in none of them. */

export type CourseCompletion = {
  courseId: string
  title: string
  enrollments: number
  completed: number
  /** Percent with two decimals; 0 where nobody is enrolled. */
  averageProgress: number
}

/** How far the learners of each course are; the courses with most learners first, at most `limit`. */
export async function completionByCourse(
  db: TenantDb,
  input: Readonly<{ limit: number }>,
): Promise<CourseCompletion[]> {
  return rows<CourseCompletion>(
    db,
    sql`select c.id as "courseId", c.title, coalesce(f.enrollments, 0) as enrollments, coalesce(f.completed, 0) as completed,
        coalesce(f.progress, 0)::float8 as "averageProgress"
      from "Course" c
      left join (
        select e."courseId", count(*)::int as enrollments, count(e."completedAt")::int as completed,
          round(avg(e.progress)::numeric, 2) as progress
        from "Enrollment" e
        join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null
        where e."tenantId" = ${db.tenantId} group by e."courseId"
      ) f on f."courseId" = c.id
      where c."tenantId" = ${db.tenantId} and c."deletedAt" is null
      order by 3 desc, c.id limit ${input.limit}`,
  )
}

export type ActiveDay = {
  /** `YYYY-MM-DD` in the school's time zone. */
  day: string
  learners: number
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MAX_DAYS = 400

function spanOf(from: string, to: string): void {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  if (DAY.test(from) && DAY.test(to) && days >= 0 && days < MAX_DAYS) return
  throw new AppError('invalid_input', `From and to are days, at most ${MAX_DAYS} of them.`)
}

/**
 * How many people learned something on each day from `from` to `to`, both included and empty days too. A day begins
 * at midnight of the school's time zone. Active is who last worked on a lesson, started or submitted an attempt, or
 * handed something in on that day; a lesson counts for the last day it was worked on.
 * @throws AppError 'invalid_input' unless both are days (`YYYY-MM-DD`) in order and not more than 400
 */
export async function activeLearnersPerDay(
  db: TenantDb,
  input: Readonly<{ from: string; to: string }>,
): Promise<ActiveDay[]> {
  const { from, to } = input
  spanOf(from, to)
  return rows<ActiveDay>(
    db,
    sql`with span as (
        select t."timeZone" as zone, ${from}::date::timestamp at time zone t."timeZone" as opens,
          (${to}::date + 1)::timestamp at time zone t."timeZone" as closes
        from "Tenant" t where t.id = ${db.tenantId}
      ), moments as (
        select "userId", "updatedAt" as at from "LessonProgress", span
          where "tenantId" = ${db.tenantId} and "updatedAt" >= opens and "updatedAt" < closes
        union all select "userId", "startedAt" from "ExamAttempt", span
          where "tenantId" = ${db.tenantId} and "startedAt" >= opens and "startedAt" < closes
        union all select "userId", "submittedAt" from "ExamAttempt", span
          where "tenantId" = ${db.tenantId} and "submittedAt" >= opens and "submittedAt" < closes
        union all select "userId", "submittedAt" from "Submission", span
          where "tenantId" = ${db.tenantId} and "submittedAt" >= opens and "submittedAt" < closes
      ), active as (
        select (m.at at time zone span.zone)::date as day, count(distinct m."userId")::int as learners
        from moments m cross join span
        join "User" u on u."tenantId" = ${db.tenantId} and u.id = m."userId" and u."deletedAt" is null
        group by 1
      )
      select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(a.learners, 0) as learners
      from generate_series(${from}::date::timestamp, ${to}::date::timestamp, interval '1 day') as d(day)
      left join active a on a.day = d.day::date order by d.day`,
  )
}

export type ScoreBucket = {
  /** 0 for less than 10 percent, up to 9 for 90 and above. */
  bucket: number
  attempts: number
}

/**
 * How the scores that count spread over ten equal parts of what could be reached in the version that was taken.
 * @throws AppError 'not_found' when the exam is none of this school's
 */
export async function scoreDistribution(
  db: TenantDb,
  input: Readonly<{ examId: string }>,
): Promise<ScoreBucket[]> {
  const { examId } = input
  const buckets = await rows<ScoreBucket>(
    db,
    sql`with reachable as (
        select v.id, sum((q->>'points')::numeric) as points
        from "ExamVersion" v cross join lateral jsonb_array_elements(v.questions) q
        where v."tenantId" = ${db.tenantId} and v."examId" = ${examId} group by v.id
      ), scored as (
        select least(9, greatest(0, floor(a.score * 10 / r.points)))::int as bucket, count(*)::int as attempts
        from "ExamAttempt" a
        join reachable r on r.id = a."versionId" and r.points > 0
        join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId" and u."deletedAt" is null
        where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a.counts and a."submittedAt" is not null
          and a.score is not null
        group by 1
      )
      select b.bucket, coalesce(s.attempts, 0) as attempts
      from "Exam" x cross join generate_series(0, 9) as b(bucket) left join scored s on s.bucket = b.bucket
      where x."tenantId" = ${db.tenantId} and x.id = ${examId} and x."deletedAt" is null order by b.bucket`,
  )
  if (buckets.length === 0) throw new AppError('not_found', 'There is no such exam.')
  return buckets
}
