import 'server-only'
import type { BadgeType } from '#lib/awards/contract'
import { firstRow, type TenantDb } from '../handle'
import { sql } from '../sql'
import { closedForAll } from './exam-view'

/** What notices are made of, as it is when they are told. Null: there is nothing to be told any more. */

export type CourseFacts = { courseId: string; courseTitle: string }
export type AssignmentFacts = CourseFacts & { id: string; title: string; dueDate: Date | null }

/** An assignment that the learners of its course see. */
export async function findShownAssignment(db: TenantDb, id: string): Promise<AssignmentFacts | null> {
  return firstRow(
    db,
    sql`select a.id, a.title, a."dueDate", c.id as "courseId", c.title as "courseTitle" from "Assignment" a
      join "Course" c on c."tenantId" = a."tenantId" and c.id = a."courseId" and c."deletedAt" is null and c.status <> 'DRAFT'
      where a."tenantId" = ${db.tenantId} and a.id = ${id} and a."deletedAt" is null and a."publishedAt" is not null`,
  )
}

export type GradedFacts = CourseFacts & {
  assignmentId: string
  title: string
  userId: string
  gradedAt: Date
}

/** A submission whose grade its learner may see. */
export async function findReleasedGrade(db: TenantDb, submissionId: string): Promise<GradedFacts | null> {
  return firstRow(
    db,
    sql`select a.id as "assignmentId", a.title, s."userId", s."gradedAt", c.id as "courseId", c.title as "courseTitle" from "Submission" s
      join "Assignment" a on a."tenantId" = s."tenantId" and a.id = s."assignmentId" and a."deletedAt" is null and a."publishedAt" is not null
      join "Course" c on c."tenantId" = a."tenantId" and c.id = a."courseId" and c."deletedAt" is null and c.status <> 'DRAFT'
      join "Enrollment" e on e."tenantId" = s."tenantId" and e."courseId" = c.id and e."userId" = s."userId"
      where s."tenantId" = ${db.tenantId} and s.id = ${submissionId} and s."releasedAt" is not null and s."gradedAt" is not null`,
  )
}

type ExamFacts = CourseFacts & {
  id: string
  title: string
  releasedAt: Date | null
  /** Whether anybody ever sees their score. */
  reviewed: boolean
}

/** An exam that the learners of its course see. */
export async function findShownExam(db: TenantDb, id: string): Promise<ExamFacts | null> {
  return firstRow(
    db,
    sql`select x.id, x.title, x."releasedAt", c.id as "courseId", c.title as "courseTitle",
        coalesce((select v.settings #>> '{review,when}' <> 'never' from "ExamVersion" v
          where v."tenantId" = x."tenantId" and v."examId" = x.id order by v.number desc limit 1), false) as reviewed
      from "Exam" x
      join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId" and c."deletedAt" is null and c.status <> 'DRAFT'
      where x."tenantId" = ${db.tenantId} and x.id = ${id} and x."deletedAt" is null and x."publishedAt" is not null`,
  )
}

export type ChangeFacts = CourseFacts & { id: string; item: string; kind: 'exam' | 'assignment' | 'course' }

/** The newest change by hand of somebody's grades in a course that they are enrolled in. */
export async function findNewestChange(
  db: TenantDb,
  { courseId, userId }: Readonly<{ courseId: string; userId: string }>,
): Promise<ChangeFacts | null> {
  return firstRow(
    db,
    sql`select g.id, g.item, case when g."examId" is not null then 'exam' when g."assignmentId" is not null then 'assignment'
        else 'course' end as kind, c.id as "courseId", c.title as "courseTitle" from "GradeChange" g
      join "Course" c on c."tenantId" = g."tenantId" and c.id = g."courseId" and c."deletedAt" is null and c.status <> 'DRAFT'
      join "Enrollment" e on e."tenantId" = g."tenantId" and e."courseId" = g."courseId" and e."userId" = g."userId"
      where g."tenantId" = ${db.tenantId} and g."courseId" = ${courseId} and g."userId" = ${userId}
      order by g."createdAt" desc, g.number desc limit 1`,
  )
}

export type ScoreFacts = CourseFacts & {
  attemptId: string
  title: string
  score: string
  submittedAt: Date
  gradedAt: Date | null
  releasedAt: Date | null
  closedForAll: boolean
  /** Of the exam's newest version. */
  settings: unknown
}

/** What somebody who is enrolled got at an exam: the attempt that was graded last. */
export async function findNewestScore(
  db: TenantDb,
  { examId, userId }: Readonly<{ examId: string; userId: string }>,
): Promise<ScoreFacts | null> {
  return firstRow(
    db,
    sql`select a.id as "attemptId", x.title, a.score::text as score, a."submittedAt", a."gradedAt", x."releasedAt",
        ${closedForAll(db)} as "closedForAll", v.settings, c.id as "courseId", c.title as "courseTitle"
      from "Exam" x
      join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId" and c."deletedAt" is null and c.status <> 'DRAFT'
      join "Enrollment" e on e."tenantId" = x."tenantId" and e."courseId" = x."courseId" and e."userId" = ${userId}
      join lateral (select n.settings from "ExamVersion" n
        where n."tenantId" = ${db.tenantId} and n."examId" = x.id order by n.number desc limit 1) v on true
      join "ExamAttempt" a on a."tenantId" = x."tenantId" and a."examId" = x.id and a."userId" = ${userId}
        and a."submittedAt" is not null and a.score is not null
      where x."tenantId" = ${db.tenantId} and x.id = ${examId} and x."deletedAt" is null and x."publishedAt" is not null
      order by a."gradedAt" desc nulls last, a.number desc limit 1`,
  )
}

export type MessageFacts = CourseFacts & { toId: string; by: string | null; body: string }

/** What somebody who teaches a course wrote to one of its learners, who is still enrolled. */
export async function findMessage(db: TenantDb, id: string): Promise<MessageFacts | null> {
  return firstRow(
    db,
    sql`select m."toId", f.name as by, m.body, c.id as "courseId", c.title as "courseTitle" from "Message" m
      join "Course" c on c."tenantId" = m."tenantId" and c.id = m."courseId" and c."deletedAt" is null
      join "Enrollment" e on e."tenantId" = m."tenantId" and e."courseId" = m."courseId" and e."userId" = m."toId"
      left join "User" f on f."tenantId" = ${db.tenantId} and f.id = m."fromId"
      where m."tenantId" = ${db.tenantId} and m.id = ${id}`,
  )
}

export type AskedFacts = CourseFacts & { userId: string; name: string; item: string; instructorId: string }

/** A question about a grade that waits for an answer. */
export async function findOpenQuestion(db: TenantDb, id: string): Promise<AskedFacts | null> {
  return firstRow(
    db,
    sql`select q."userId", u.name, q.item, c."instructorId", c.id as "courseId", c.title as "courseTitle" from "GradeQuestion" q
      join "User" u on u."tenantId" = q."tenantId" and u.id = q."userId" and u."deletedAt" is null
      join "Course" c on c."tenantId" = q."tenantId" and c.id = q."courseId" and c."deletedAt" is null
      where q."tenantId" = ${db.tenantId} and q.id = ${id} and q."answeredAt" is null`,
  )
}

/** A course that its learners see. */
export async function findShownCourse(db: TenantDb, id: string): Promise<CourseFacts | null> {
  return firstRow(
    db,
    sql`select c.id as "courseId", c.title as "courseTitle" from "Course" c
      where c."tenantId" = ${db.tenantId} and c.id = ${id} and c."deletedAt" is null and c.status = 'PUBLISHED'`,
  )
}

export type NewLessons = CourseFacts & { count: number; lessonId: string; lessonTitle: string }

/**
 * The lessons of a published course that opened at an instant, or were added within a while before it, and have
 * something in them; the first of them in the outline's order.
 */
export async function findNewLessons(
  db: TenantDb,
  input: Readonly<{ courseId: string; at: Date; minutes: number }>,
): Promise<NewLessons | null> {
  const { courseId, at, minutes } = input
  return firstRow(
    db,
    sql`select c.id as "courseId", c.title as "courseTitle", l.id as "lessonId", l.title as "lessonTitle",
        (count(*) over ())::int as count
      from "Course" c
      join "Module" m on m."tenantId" = c."tenantId" and m."courseId" = c.id and m."deletedAt" is null
      join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
      where c."tenantId" = ${db.tenantId} and c.id = ${courseId} and c."deletedAt" is null and c.status = 'PUBLISHED'
        and (l."videoUrl" is not null or coalesce(l."contentText", '') <> '')
        and (l."releaseAt" = ${at}::timestamptz or ((l."releaseAt" is null or l."releaseAt" <= now())
          and l."createdAt" > ${at}::timestamptz - make_interval(mins => ${minutes}) and l."createdAt" <= ${at}::timestamptz
          and l."createdAt" > c."publishedAt"))
      order by m."order", l."order" limit 1`,
  )
}

export type BadgeFacts = { userId: string; type: BadgeType; courseTitle: string | null }

/** A badge that somebody holds and wants to see. */
export async function findBadge(db: TenantDb, id: string): Promise<BadgeFacts | null> {
  return firstRow(
    db,
    sql`select b."userId", b.type::text as type, c.title as "courseTitle" from "Badge" b
      left join "Course" c on c."tenantId" = b."tenantId" and c.id = b.about
      where b."tenantId" = ${db.tenantId} and b.id = ${id}
        and not exists (select from "ProfileChoice" p
          where p."tenantId" = ${db.tenantId} and p."userId" = b."userId" and p.hidden)`,
  )
}

export type AnnouncementFacts = {
  courseId: string | null
  courseTitle: string | null
  title: string
  body: string
  authorId: string | null
}

/** An announcement that stands, in a course that its learners see or to the whole school. */
export async function findStandingAnnouncement(db: TenantDb, id: string): Promise<AnnouncementFacts | null> {
  return firstRow(
    db,
    sql`select n."courseId", c.title as "courseTitle", n.title, n.body, n."authorId" from "Announcement" n
      left join "Course" c on c."tenantId" = n."tenantId" and c.id = n."courseId"
      where n."tenantId" = ${db.tenantId} and n.id = ${id} and n."deletedAt" is null
        and (n."courseId" is null or (c."deletedAt" is null and c.status <> 'DRAFT'))`,
  )
}
