import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql } from '../sql'
import { affectOne, oneRow } from './changes'
import { newestFirst } from './paging'

type Membership = Readonly<{ userId: string; courseId: string }>

/**
 * Enrolls a person in a published course. Doing it again, or fifty times at once, gives the same enrollment.
 * @returns `created`: whether this call made it
 * @throws AppError 'not_found' when the person or the published course is none of this school's
 */
export async function enroll(db: TenantDb, input: Membership): Promise<{ id: string; created: boolean }> {
  const made = await firstRow<{ id: string }>(
    db,
    sql`insert into "Enrollment" ("tenantId", "userId", "courseId")
      select c."tenantId", u.id, c.id from "Course" c
      join "User" u on u."tenantId" = c."tenantId" and u.id = ${input.userId} and u."deletedAt" is null
      where c."tenantId" = ${db.tenantId} and c.id = ${input.courseId} and c.status = 'PUBLISHED' and c."deletedAt" is null
      on conflict ("tenantId", "userId", "courseId") do nothing returning id`,
  )
  if (made !== null) return { id: made.id, created: true }
  // A statement of its own, so that it sees the row of whoever was quicker.
  const { id } = await getEnrollment(db, input)
  return { id, created: false }
}

/** Ends an enrollment; its progress goes with it. @throws AppError 'not_found' */
export async function unenroll(db: TenantDb, input: Membership): Promise<void> {
  await affectOne(
    db,
    sql`delete from "Enrollment"
      where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and "courseId" = ${input.courseId}`,
    'enrollment',
  )
}

export type EnrollmentDetails = {
  id: string
  /** Percent, 0 to 100. */
  progress: number
  completedAt: Date | null
  enrolledAt: Date
}

/** A person's enrollment in a course that exists. @throws AppError 'not_found' */
export async function getEnrollment(db: TenantDb, input: Membership): Promise<EnrollmentDetails> {
  return oneRow(
    db,
    sql`select e.id, e.progress, e."completedAt", e."enrolledAt" from "Enrollment" e
      join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null
      where e."tenantId" = ${db.tenantId} and e."userId" = ${input.userId} and e."courseId" = ${input.courseId}`,
    'enrollment',
  )
}

export type EnrolledPerson = EnrollmentDetails & {
  userId: string
  name: string
  email: string
  /** Storage key. */
  avatar: string | null
}

/** One page of a course's learners, the newest first. One statement. */
export async function listEnrollments(
  db: TenantDb,
  input: Readonly<{ courseId: string; cursor: Cursor | null; limit: number }>,
): Promise<Page<EnrolledPerson>> {
  const { courseId, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`e."enrolledAt"`, sql`e.id`)
  const found = await rows<EnrolledPerson>(
    db,
    sql`select e.id, e.progress, e."completedAt", e."enrolledAt", e."userId", u.name, u.email, u.avatar
      from "Enrollment" e
      join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null
      join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null
      where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId} ${where}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.enrolledAt)
}

export type EnrolledCourse = EnrollmentDetails & {
  courseId: string
  title: string
  /** Storage key. */
  thumbnail: string | null
  instructorName: string
  /** When the learner last did something in it; null: not yet. */
  lastActiveAt: Date | null
}

/** One page of the courses a person is enrolled in, the newest enrollment first. Drafts are nobody's yet. One statement. */
export async function listMyEnrollments(
  db: TenantDb,
  input: Readonly<{ userId: string; cursor: Cursor | null; limit: number }>,
): Promise<Page<EnrolledCourse>> {
  const { userId, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`e."enrolledAt"`, sql`e.id`)
  const found = await rows<EnrolledCourse>(
    db,
    sql`select e.id, e.progress, e."completedAt", e."enrolledAt", e."courseId", e.title, e.thumbnail,
        u.name as "instructorName", p.at as "lastActiveAt"
      from (
        select e.*, c.title, c.thumbnail, c."instructorId" from "Enrollment" e
        join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null and c.status <> 'DRAFT'
        where e."tenantId" = ${db.tenantId} and e."userId" = ${userId} ${where}
        order by ${order} limit ${limit + 1}
      ) e
      join "User" u on u."tenantId" = e."tenantId" and u.id = e."instructorId"
      cross join lateral (
        select max(p."updatedAt") as at from "LessonProgress" p
        where p."tenantId" = e."tenantId" and p."enrollmentId" = e.id
      ) p
      order by ${order}`,
  )
  return cutPage(found, limit, cursor, (row) => row.enrolledAt)
}
