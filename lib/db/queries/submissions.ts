import 'server-only'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql, type Statement } from '../sql'
import { oneRow } from './changes'
import { newestFirst } from './paging'

/** Submissions as those who grade see them. Whether the course is theirs has been asked before. */

type Which = Readonly<{ courseId: string; assignmentId: string }>

export type GradedRow = {
  id: string
  title: string
  description: string | null
  /** Decimal text. */
  points: string
  settings: unknown
  rubric: unknown
  dueDate: Date | null
  /** IANA: the course's, or else the school's. */
  timeZone: string
}

/** An assignment of a course. One statement. @throws AppError 'not_found', also for another course's */
export async function getGradedAssignment(
  db: TenantDb,
  { courseId, assignmentId, timeZone }: Which & Readonly<{ timeZone: string }>,
): Promise<GradedRow> {
  return oneRow<GradedRow>(
    db,
    sql`select a.id, a.title, a.description, a.points::text as points, a.settings, a.rubric, a."dueDate",
        coalesce(c."timeZone", ${timeZone}) as "timeZone"
      from "Assignment" a join "Course" c on c."tenantId" = a."tenantId" and c.id = a."courseId" and c."deletedAt" is null
      where a."tenantId" = ${db.tenantId} and a.id = ${assignmentId} and a."courseId" = ${courseId} and a."deletedAt" is null`,
    'assignment',
  )
}

export type SubmissionRow = {
  id: string
  userId: string
  name: string
  email: string
  number: number
  submittedAt: Date
  gradedAt: Date | null
  releasedAt: Date | null
  /** As it was given; decimal text. */
  grade: string | null
  feedback: string | null
  /** The person's own date. */
  extendedTo: Date | null
}

function columns(): Statement {
  return sql`s.id, s."userId", u.name, u.email, s.number, s."submittedAt", s."gradedAt", s."releasedAt", s.grade::text as grade, s.feedback,
    x."dueDate" as "extendedTo"`
}

function from(db: TenantDb, assignmentId: string): Statement {
  return sql`"Submission" s
    join "User" u on u."tenantId" = s."tenantId" and u.id = s."userId" and u."deletedAt" is null
    left join "AssignmentExtension" x on x."tenantId" = s."tenantId" and x."assignmentId" = s."assignmentId" and x."userId" = s."userId"
    where s."tenantId" = ${db.tenantId} and s."assignmentId" = ${assignmentId}`
}

/** One page of what was handed in for an assignment, newest first. One statement. */
export async function listSubmissions(
  db: TenantDb,
  { assignmentId, cursor, limit }: Readonly<{ assignmentId: string; cursor: Cursor | null; limit: number }>,
): Promise<Page<SubmissionRow>> {
  const { where, order } = newestFirst(cursor, sql`s."submittedAt"`, sql`s.id`)
  const found = await rows<SubmissionRow>(
    db,
    sql`select ${columns()} from ${from(db, assignmentId)} ${where} order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.submittedAt)
}

export type SubmissionCounts = {
  handedIn: number
  waiting: number
  graded: number
  released: number
  enrolled: number
  /** The one that has waited longest. */
  first: string | null
}

const WAITS = sql`(s."gradedAt" is null or s."gradedAt" < s."submittedAt")`

/** How many are in which state, and which comes first. One statement. */
export async function countSubmissions(db: TenantDb, which: Which): Promise<SubmissionCounts> {
  const { courseId, assignmentId } = which
  const counted = await firstRow<SubmissionCounts>(
    db,
    sql`select count(*)::int as "handedIn", count(*) filter (where ${WAITS})::int as waiting,
        count(*) filter (where s.grade is not null and s."releasedAt" is null)::int as graded,
        count(*) filter (where s."releasedAt" is not null)::int as released,
        (array_agg(s.id order by s."submittedAt", s.id) filter (where ${WAITS}))[1] as first,
        (select count(*)::int from "Enrollment" e where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId}) as enrolled
      from ${from(db, assignmentId)}`,
  )
  return counted ?? { handedIn: 0, waiting: 0, graded: 0, released: 0, enrolled: 0, first: null }
}

/** One submission, with what was given by the rubric. One statement. @throws AppError 'not_found', also for another assignment's */
export async function getSubmission(
  db: TenantDb,
  { assignmentId, submissionId }: Readonly<{ assignmentId: string; submissionId: string }>,
): Promise<SubmissionRow & { marks: unknown }> {
  return oneRow<SubmissionRow & { marks: unknown }>(
    db,
    sql`select ${columns()}, s.marks from ${from(db, assignmentId)} and s.id = ${submissionId}`,
    'submission',
  )
}

/** The submissions before and after one in the order of handing in. One statement. */
export async function findNeighbours(
  db: TenantDb,
  { assignmentId, submissionId }: Readonly<{ assignmentId: string; submissionId: string }>,
): Promise<{ previous: string | null; next: string | null }> {
  const found = await firstRow<{ previous: string | null; next: string | null }>(
    db,
    sql`select n.previous, n.next from (
        select s.id, lag(s.id) over w as previous, lead(s.id) over w as next from ${from(db, assignmentId)}
        window w as (order by s."submittedAt", s.id)
      ) n where n.id = ${submissionId}`,
  )
  return found ?? { previous: null, next: null }
}

/** Which waits after one: the next in order, or else the first. Null: none waits. One statement. */
export async function findNextWaiting(
  db: TenantDb,
  { assignmentId, submissionId }: Readonly<{ assignmentId: string; submissionId: string }>,
): Promise<string | null> {
  const found = await firstRow<{ id: string }>(
    db,
    sql`select s.id from ${from(db, assignmentId)} and s.id <> ${submissionId} and ${WAITS}
      order by (s."submittedAt", s.id) < (select o."submittedAt", o.id from "Submission" o
        where o."tenantId" = ${db.tenantId} and o.id = ${submissionId}), s."submittedAt", s.id limit 1`,
  )
  return found?.id ?? null
}

/**
 * Gives a submission points and feedback, if it is as it was seen: its grade, and the version that was read.
 * @returns whether it was
 */
export async function putGrade(
  db: TenantDb,
  input: Readonly<{
    assignmentId: string
    submissionId: string
    seen: Date | null
    version: number
    points: string
    feedback: string | null
    /** JSON; null: nothing was given by a rubric. */
    marks: string | null
  }>,
): Promise<boolean> {
  const { assignmentId, submissionId, seen, version, points, feedback, marks } = input
  const given = await affected(
    db,
    sql`update "Submission" set grade = ${points}::numeric, feedback = ${feedback}, marks = ${marks}::jsonb,
        "gradedAt" = greatest(clock_timestamp(), "gradedAt" + interval '1 millisecond', "submittedAt")
      where "tenantId" = ${db.tenantId} and "assignmentId" = ${assignmentId} and id = ${submissionId}
        and "gradedAt" is not distinct from ${seen} and number = ${version}`,
  )
  return given === 1
}

/** Shows all grades of an assignment to those who got them, or hides them again. @returns how many changed */
export async function releaseGrades(
  db: TenantDb,
  { assignmentId, released }: Readonly<{ assignmentId: string; released: boolean }>,
): Promise<number> {
  return affected(
    db,
    released
      ? sql`update "Submission" set "releasedAt" = now()
          where "tenantId" = ${db.tenantId} and "assignmentId" = ${assignmentId} and grade is not null and "releasedAt" is null`
      : sql`update "Submission" set "releasedAt" = null
          where "tenantId" = ${db.tenantId} and "assignmentId" = ${assignmentId} and "releasedAt" is not null`,
  )
}
