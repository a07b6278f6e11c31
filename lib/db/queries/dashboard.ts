import 'server-only'
import type { CourseStatus } from '#types/db'
import { rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { released } from './release'

/** What a person's own first page is made of: three statements, whatever their number of courses. */

export type LearningRow = {
  courseId: string
  title: string
  /** Storage key. */
  thumbnail: string | null
  /** Percent, 0 to 100. */
  progress: number
  completedAt: Date | null
  /** When they last did something in it; null: not yet. */
  lastActiveAt: Date | null
  /** The first open lesson that they haven't completed; null: none is left or open, or the course has none yet. */
  nextLessonId: string | null
  nextLessonTitle: string | null
  /** Seconds. */
  nextLessonDuration: number | null
  /** Lessons that are left. */
  lessonsLeft: number
  lessonCount: number
}

/**
 * The published courses that a person is enrolled in, those they are in the middle of first, the last used first of
 * these; at most `limit`. One statement.
 */
export async function listLearning(
  db: TenantDb,
  input: Readonly<{ userId: string; limit: number }>,
): Promise<LearningRow[]> {
  const { userId, limit } = input
  return rows<LearningRow>(
    db,
    sql`with mine as (
        select e.id, e."courseId", c.title, c.thumbnail, e.progress, e."completedAt", e."enrolledAt", p.at as "lastActiveAt"
        from "Enrollment" e
        join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null and c.status = 'PUBLISHED'
        cross join lateral (
          select max(p."updatedAt") as at from "LessonProgress" p
          where p."tenantId" = e."tenantId" and p."enrollmentId" = e.id
        ) p
        where e."tenantId" = ${db.tenantId} and e."userId" = ${userId}
        order by e."completedAt" is not null, coalesce(p.at, e."enrolledAt") desc, e.id limit ${limit}
      ), lessons as (
        select m."courseId", mine.id as "enrollmentId", l.id, l.title, l.duration, w.completed, w.ready,
          row_number() over (partition by mine.id, w.ready order by m."order", m.id, l."order", l.id) as place
        from mine
        join "Module" m on m."tenantId" = ${db.tenantId} and m."courseId" = mine."courseId" and m."deletedAt" is null
        join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
        left join "LessonProgress" p on p."tenantId" = l."tenantId" and p."enrollmentId" = mine.id and p."lessonId" = l.id
        cross join lateral (select coalesce(p.completed, false) as completed,
          not coalesce(p.completed, false) and ${released(db, sql`mine.id`)} as ready) w
      ), figures as (
        select "enrollmentId", count(*)::int as total, count(*) filter (where not completed)::int as remaining,
          max(id) filter (where ready and place = 1) as "nextId",
          max(title) filter (where ready and place = 1) as "nextTitle",
          max(duration) filter (where ready and place = 1) as "nextDuration"
        from lessons group by "enrollmentId"
      )
      select mine."courseId", mine.title, mine.thumbnail, mine.progress, mine."completedAt", mine."lastActiveAt",
        f."nextId" as "nextLessonId", f."nextTitle" as "nextLessonTitle", f."nextDuration" as "nextLessonDuration",
        coalesce(f.remaining, 0) as "lessonsLeft", coalesce(f.total, 0) as "lessonCount"
      from mine left join figures f on f."enrollmentId" = mine.id
      order by mine."completedAt" is not null, coalesce(mine."lastActiveAt", mine."enrolledAt") desc, mine.id`,
  )
}

export type UpcomingRow = {
  kind: 'assignment' | 'exam' | 'class'
  id: string
  title: string
  courseId: string
  courseTitle: string
  /** When it is due, closes, or begins. */
  at: Date
  /** Of a class, in minutes. */
  minutes: number | null
}

/** Days that the list of what comes next looks ahead. */
const AHEAD_DAYS = 21

/**
 * What is due for a person in their courses within three weeks, the next first: assignments not handed in, exams that
 * close and were not taken, live classes (one under way too). At most `limit`. One statement.
 */
export async function listUpcoming(
  db: TenantDb,
  input: Readonly<{ userId: string; limit: number }>,
): Promise<UpcomingRow[]> {
  const { userId, limit } = input
  return rows<UpcomingRow>(
    db,
    sql`with mine as (
        select c.id, c.title from "Enrollment" e
        join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null and c.status = 'PUBLISHED'
        where e."tenantId" = ${db.tenantId} and e."userId" = ${userId}
      ), items as (
        select 'assignment' as kind, a.id, a.title, mine.id as "courseId", mine.title as "courseTitle",
          greatest(a."dueDate", x."dueDate") as at, null::int as minutes
        from mine join "Assignment" a on a."tenantId" = ${db.tenantId} and a."courseId" = mine.id and a."deletedAt" is null
        left join "AssignmentExtension" x on x."tenantId" = a."tenantId" and x."assignmentId" = a.id and x."userId" = ${userId}
        where a."publishedAt" is not null and a."dueDate" is not null and greatest(a."dueDate", x."dueDate") > now() and not exists (select from "Submission" s
          where s."tenantId" = a."tenantId" and s."assignmentId" = a.id and s."userId" = ${userId})
        union all
        select 'exam', x.id, x.title, mine.id, mine.title, x."endDate", null
        from mine join "Exam" x on x."tenantId" = ${db.tenantId} and x."courseId" = mine.id and x."deletedAt" is null
        where x."publishedAt" is not null and x."endDate" > now() and exists (select from "ExamVersion" v where v."tenantId" = x."tenantId" and v."examId" = x.id)
          and not exists (select from "ExamAttempt" t
            where t."tenantId" = x."tenantId" and t."examId" = x.id and t."userId" = ${userId} and t."submittedAt" is not null)
        union all
        select 'class', v.id, v.title, mine.id, mine.title, v."scheduledAt", v.duration
        from mine join "LiveClass" v on v."tenantId" = ${db.tenantId} and v."courseId" = mine.id
        where v."scheduledAt" + make_interval(mins => v.duration) > now() and v."cancelledAt" is null
      )
      select * from items where at < now() + make_interval(days => ${AHEAD_DAYS}) order by at, kind, id limit ${limit}`,
  )
}

export type TeachingRow = {
  courseId: string
  title: string
  status: CourseStatus
  /** Storage key. */
  thumbnail: string | null
  learners: number
  /** Of them, how many have completed it. */
  completed: number
}

/** The courses that a person teaches, published ones first, the newest first of these; at most `limit`. One statement. */
export async function listTeaching(
  db: TenantDb,
  input: Readonly<{ userId: string; limit: number }>,
): Promise<TeachingRow[]> {
  const { userId, limit } = input
  return rows<TeachingRow>(
    db,
    sql`select c.id as "courseId", c.title, c.status, c.thumbnail, e.learners, e.completed from (
        select * from "Course" where "tenantId" = ${db.tenantId} and "instructorId" = ${userId} and "deletedAt" is null
        order by status <> 'PUBLISHED', "createdAt" desc, id limit ${limit}
      ) c
      cross join lateral (
        select count(*)::int as learners, count(e."completedAt")::int as completed from "Enrollment" e
        join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null
        where e."tenantId" = c."tenantId" and e."courseId" = c.id
      ) e
      order by c.status <> 'PUBLISHED', c."createdAt" desc, c.id`,
  )
}
