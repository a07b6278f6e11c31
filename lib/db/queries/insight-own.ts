import 'server-only'
import { rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { closedForAll } from './exam-view'

/** Numbers about one's own learning. */

type Own = Readonly<{ userId: string }>

export type OwnCourseRow = {
  courseId: string
  title: string
  progress: number
  completedAt: Date | null
  lessonsDone: number
  lessonCount: number
  seconds: number
  days: number
  lastAt: Date | null
}

/** How far somebody is in each of their courses, and for how long they were there; the last used first. One statement. */
export async function listOwnCourses(
  db: TenantDb,
  { userId, limit }: Own & Readonly<{ limit: number }>,
): Promise<OwnCourseRow[]> {
  return rows<OwnCourseRow>(
    db,
    sql`select c.id as "courseId", c.title, e.progress, e."completedAt", coalesce(t.seconds, 0) as seconds, t."lastAt",
        (select coalesce(sum(upper(r) - lower(r)), 0)::int from unnest(t.days) r) as days,
        coalesce(l.lessons, 0)::int as "lessonCount", coalesce(l.done, 0)::int as "lessonsDone"
      from "Enrollment" e
      join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null and c.status <> 'DRAFT'
      left join "LearnerTally" t on t."tenantId" = ${db.tenantId} and t."enrollmentId" = e.id and t."userId" = e."userId"
      left join lateral (
        select count(*) as lessons, count(*) filter (where p.completed) as done from "Module" m
        join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
        left join "LessonProgress" p on p."tenantId" = ${db.tenantId} and p."enrollmentId" = e.id and p."lessonId" = l.id
        where m."tenantId" = ${db.tenantId} and m."courseId" = c.id and m."deletedAt" is null
      ) l on true
      where e."tenantId" = ${db.tenantId} and e."userId" = ${userId}
      order by e."completedAt" is not null, coalesce(t."lastAt", e."enrolledAt") desc, e.id limit ${limit}`,
  )
}

export type OwnWeekRow = { start: string; days: number; all: number }

/** On how many days somebody learned in each of the last weeks, by the school's clock; and ever. One statement. */
export async function listOwnWeeks(
  db: TenantDb,
  { userId, weeks }: Own & Readonly<{ weeks: number }>,
): Promise<OwnWeekRow[]> {
  return rows<OwnWeekRow>(
    db,
    sql`with own as (
        select coalesce(p.days, '{}') as days, date_trunc('week', now() at time zone s."timeZone")::date as monday
        from "Tenant" s left join "PersonTally" p on p."tenantId" = s.id and p."userId" = ${userId}
        where s.id = ${db.tenantId}
      )
      select to_char(w.start, 'YYYY-MM-DD') as start,
        (select coalesce(sum(upper(r) - lower(r)), 0)::int
          from unnest(own.days * datemultirange(daterange(w.start, w.start + 7))) r) as days,
        (select coalesce(sum(upper(r) - lower(r)), 0)::int from unnest(own.days) r) as all
      from own, lateral (select own.monday - 7 * n as start from generate_series(0, ${weeks}::int - 1) n) w
      order by w.start`,
  )
}

export type OwnMarkRow = {
  title: string
  settings: unknown
  releasedAt: Date | null
  closedForAll: boolean
  submittedAt: Date
  gradedAt: Date | null
  tags: string[]
  points: string
  maxPoints: string
  questionId: string
}

/**
 * Points of one's own questions in the attempts that count, with what decides whether they may be seen; the caller does.
 * One statement.
 */
export async function listOwnMarks(
  db: TenantDb,
  { userId, limit }: Own & Readonly<{ limit: number }>,
): Promise<OwnMarkRow[]> {
  return rows<OwnMarkRow>(
    db,
    sql`select x.title, n.settings, x."releasedAt", ${closedForAll(db)} as "closedForAll", a."submittedAt", a."gradedAt",
        coalesce(b.tags, '{}') as tags, k.points::text as points, k."maxPoints"::text as "maxPoints", k."questionId"
      from "ExamAttempt" a
      join "Exam" x on x."tenantId" = a."tenantId" and x.id = a."examId" and x."deletedAt" is null and x."publishedAt" is not null
      join "Enrollment" e on e."tenantId" = ${db.tenantId} and e."courseId" = x."courseId" and e."userId" = ${userId}
      join "Course" c on c."tenantId" = ${db.tenantId} and c.id = x."courseId" and c."deletedAt" is null and c.status <> 'DRAFT'
      join lateral (select v.settings from "ExamVersion" v
        where v."tenantId" = ${db.tenantId} and v."examId" = x.id order by v.number desc limit 1) n on true
      join "ExamMark" k on k."tenantId" = ${db.tenantId} and k."attemptId" = a.id and k.points is not null
      join "ExamVersion" v on v."tenantId" = ${db.tenantId} and v.id = a."versionId"
      left join lateral (select q->>'bankId' as id from jsonb_array_elements(v.questions) q
        where q->>'id' = k."questionId" limit 1) q on true
      left join "BankQuestion" b on b."tenantId" = ${db.tenantId} and b.id = q.id
      where a."tenantId" = ${db.tenantId} and a."userId" = ${userId} and a.counts and a."submittedAt" is not null and a."gradedAt" is not null
      order by a."submittedAt" desc, a.id, k.id limit ${limit}`,
  )
}
