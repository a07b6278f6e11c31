import 'server-only'
import { affected, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql } from '../sql'
import { affectOne, assignments, changeSeen, oneRow, TOUCH } from './changes'
import { newestFirst } from './paging'

/** What authors do with the assignments of one course. Whether the course is theirs has been asked before. */

type Which = Readonly<{ courseId: string; assignmentId: string }>

export type AuthoredRow = {
  id: string
  title: string
  description: string | null
  /** Decimal text. */
  points: string
  accepts: ('TEXT' | 'FILE' | 'LINK')[]
  settings: unknown
  rubric: unknown
  dueDate: Date | null
  /** `YYYY-MM-DDTHH:mm` by the clocks of `timeZone`. */
  dueAt: string | null
  /** IANA: the course's, or else the school's. */
  timeZone: string
  publishedAt: Date | null
  updatedAt: Date
  handedIn: number
}

/** An assignment as its author works on it. One statement. @throws AppError 'not_found', also for another course's */
export async function getAuthoredAssignment(
  db: TenantDb,
  { courseId, assignmentId, timeZone }: Which & Readonly<{ timeZone: string }>,
): Promise<AuthoredRow> {
  return oneRow<AuthoredRow>(
    db,
    sql`select a.id, a.title, a.description, a.points::text as points, a.accepts::text[] as accepts, a.settings, a.rubric, a."dueDate",
        to_char(a."dueDate" at time zone z.zone, 'YYYY-MM-DD"T"HH24:MI') as "dueAt", z.zone as "timeZone", a."publishedAt", a."updatedAt",
        (select count(*)::int from "Submission" s where s."tenantId" = a."tenantId" and s."assignmentId" = a.id) as "handedIn"
      from "Assignment" a
      join "Course" c on c."tenantId" = a."tenantId" and c.id = a."courseId" and c."deletedAt" is null
      cross join lateral (select coalesce(c."timeZone", ${timeZone}) as zone) z
      where a."tenantId" = ${db.tenantId} and a.id = ${assignmentId} and a."courseId" = ${courseId} and a."deletedAt" is null`,
    'assignment',
  )
}

export type AssignmentListRow = {
  id: string
  title: string
  points: string
  dueDate: Date | null
  publishedAt: Date | null
  createdAt: Date
  handedIn: number
  /** Handed in, and not graded since. */
  waiting: number
}

/** One page of a course's assignments, newest first. One statement. */
export async function listAuthoredAssignments(
  db: TenantDb,
  { courseId, cursor, limit }: Readonly<{ courseId: string; cursor: Cursor | null; limit: number }>,
): Promise<Page<AssignmentListRow>> {
  const { where, order } = newestFirst(cursor, sql`a."createdAt"`, sql`a.id`)
  const found = await rows<AssignmentListRow>(
    db,
    sql`select a.id, a.title, a.points::text as points, a."dueDate", a."publishedAt", a."createdAt",
        coalesce(s."handedIn", 0) as "handedIn", coalesce(s.waiting, 0) as waiting
      from "Assignment" a
      left join lateral (select count(*)::int as "handedIn",
          count(*) filter (where s."gradedAt" is null or s."gradedAt" < s."submittedAt")::int as waiting
        from "Submission" s where s."tenantId" = a."tenantId" and s."assignmentId" = a.id) s on true
      where a."tenantId" = ${db.tenantId} and a."courseId" = ${courseId} and a."deletedAt" is null ${where}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.createdAt)
}

async function oneAssignment(db: TenantDb, { courseId, assignmentId }: Which): Promise<void> {
  await oneRow(
    db,
    sql`select id from "Assignment" where "tenantId" = ${db.tenantId} and id = ${assignmentId} and "courseId" = ${courseId}`,
    'assignment',
  )
}

/** A draft without a text. With the same id it is made once. @throws AppError 'not_found' for another school's course */
export async function insertAssignment(
  db: TenantDb,
  { id, courseId, title }: Readonly<{ id: string; courseId: string; title: string }>,
): Promise<{ id: string; created: boolean }> {
  const made = await affected(
    db,
    sql`insert into "Assignment" (id, "tenantId", "courseId", title)
      select ${id}, c."tenantId", c.id, ${title} from "Course" c
      where c."tenantId" = ${db.tenantId} and c.id = ${courseId} and c."deletedAt" is null
      on conflict (id) do nothing`,
  )
  if (made === 0) await oneAssignment(db, { courseId, assignmentId: id })
  return { id, created: made === 1 }
}

export type AssignmentChange = Readonly<{
  title: string
  description: string | null
  points: string
  accepts: readonly string[]
  settings: unknown
  dueDate: Date | null
}>

/** Writes what an author changed. @throws AppError 'conflict' when it was changed since `seen`; 'not_found' */
export async function updateAssignment(
  db: TenantDb,
  { courseId, assignmentId, seen, change }: Which & Readonly<{ seen: Date; change: AssignmentChange }>,
): Promise<void> {
  const { title, description, points, accepts, settings, dueDate } = change
  const set = assignments([
    sql`title = ${title}`,
    sql`description = ${description}`,
    sql`points = ${points}::numeric`,
    sql`accepts = ${accepts}::text[]::"SubmissionKind"[]`,
    sql`settings = ${JSON.stringify(settings)}::jsonb`,
    sql`"dueDate" = ${dueDate}`,
  ])
  await changeSeen(
    db,
    sql`update "Assignment" set ${set} where "tenantId" = ${db.tenantId} and id = ${assignmentId} and "courseId" = ${courseId}
      and "deletedAt" is null and "updatedAt" = ${seen} returning "updatedAt"`,
    sql`select id from "Assignment" where "tenantId" = ${db.tenantId} and id = ${assignmentId} and "courseId" = ${courseId}
      and "deletedAt" is null`,
    'assignment',
  )
}

/** Writes what is looked at in the work, for an assignment whose course is locked. @throws AppError 'not_found' */
export async function putRubric(
  db: TenantDb,
  { courseId, assignmentId, rubric }: Which & Readonly<{ rubric: string }>,
): Promise<void> {
  await affectOne(
    db,
    sql`update "Assignment" set rubric = ${rubric}::jsonb where "tenantId" = ${db.tenantId} and id = ${assignmentId}
      and "courseId" = ${courseId} and "deletedAt" is null`,
    'assignment',
  )
}

/** Shows an assignment to learners. @returns whether they didn't see it before @throws AppError 'not_found' */
export async function showAssignment(db: TenantDb, which: Which): Promise<boolean> {
  await oneAssignment(db, which)
  const changed = await affected(
    db,
    sql`update "Assignment" set "publishedAt" = now(), ${TOUCH} where "tenantId" = ${db.tenantId} and id = ${which.assignmentId}
      and "courseId" = ${which.courseId} and "deletedAt" is null and "publishedAt" is null`,
  )
  return changed === 1
}

/**
 * Makes an assignment a draft again, unless somebody has handed in. It is locked against whoever is doing so: their
 * submission refers to it and waits. @returns whether it is a draft now @throws AppError 'not_found'
 */
export async function unshowAssignment(db: TenantDb, { courseId, assignmentId }: Which): Promise<boolean> {
  await oneRow(
    db,
    sql`select id from "Assignment" where "tenantId" = ${db.tenantId} and id = ${assignmentId} and "courseId" = ${courseId}
      and "deletedAt" is null for update`,
    'assignment',
  )
  // A statement of its own, so that it sees the submission that the lock was waiting for.
  const changed = await affected(
    db,
    sql`update "Assignment" a set "publishedAt" = null, ${TOUCH}
      where a."tenantId" = ${db.tenantId} and a.id = ${assignmentId} and a."courseId" = ${courseId}
        and not exists (select from "Submission" s where s."tenantId" = a."tenantId" and s."assignmentId" = a.id)`,
  )
  return changed === 1
}

/** Hides an assignment; what was handed in stays until it is purged. @returns its title @throws AppError 'not_found' */
export async function hideAssignment(
  db: TenantDb,
  { courseId, assignmentId }: Which,
): Promise<{ title: string }> {
  return oneRow(
    db,
    sql`update "Assignment" set "deletedAt" = now(), ${TOUCH} where "tenantId" = ${db.tenantId} and id = ${assignmentId}
      and "courseId" = ${courseId} and "deletedAt" is null returning title`,
    'assignment',
  )
}

/** Brings a hidden assignment back. @returns whether it had been hidden @throws AppError 'not_found' */
export async function unhideAssignment(db: TenantDb, which: Which): Promise<boolean> {
  await oneAssignment(db, which)
  const changed = await affected(
    db,
    sql`update "Assignment" set "deletedAt" = null, ${TOUCH} where "tenantId" = ${db.tenantId} and id = ${which.assignmentId}
      and "courseId" = ${which.courseId} and "deletedAt" is not null`,
  )
  return changed === 1
}
