import 'server-only'
import { AppError } from '#lib/errors'
import type { EnrollmentMode } from '#types/db'
import { firstRow, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql } from '../sql'
import { affectOne, oneRow } from './changes'
import { newestFirst } from './paging'

type Membership = Readonly<{ userId: string; courseId: string }>

type Entry = Membership &
  Readonly<{
    /** What the learner gave for a course that asks for a key; null: nothing. Left out for a course that asks for none. */
    key?: string | null
    /** Whether somebody who manages the course puts them in: no key is asked for, and it may be a draft. */
    byStaff?: boolean
  }>

/** Two keys are the same whatever their capitals and the space around them. */
function sameKey(given: string, wanted: string): boolean {
  const plain = (key: string): string => key.trim().toLowerCase().normalize('NFC')
  return plain(given) === plain(wanted)
}

type Terms = { enrollment: EnrollmentMode; enrollmentKey: string | null; capacity: number | null }

function assertMayEnter(terms: Terms, { key = null, byStaff = false }: Entry): void {
  if (byStaff || terms.enrollment === 'OPEN') return
  if (terms.enrollment === 'INVITED') throw new AppError('forbidden', 'The course is by invitation.')
  if (key === null || terms.enrollmentKey === null || !sameKey(key, terms.enrollmentKey))
    throw new AppError('invalid_input', 'That is not the course’s key.')
}

async function assertRoom(db: TenantDb, courseId: string, capacity: number | null): Promise<void> {
  if (capacity === null) return
  const taken = await firstRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from "Enrollment" where "tenantId" = ${db.tenantId} and "courseId" = ${courseId}`,
  )
  if ((taken?.count ?? 0) >= capacity) throw new AppError('limit_reached', 'The course is full.')
}

/**
 * Enrolls a person in a published course on the course's own terms. Doing it again, or fifty times at once, gives the
 * same enrollment. The course is locked, so that its last place is taken once.
 * @returns `created`: whether this call made it
 * @throws AppError 'not_found' when the person or the course is none of this school's, 'forbidden' for a course by
 *   invitation, 'invalid_input' for a wrong key, 'limit_reached' when it is full
 */
export async function enroll(db: TenantDb, input: Entry): Promise<{ id: string; created: boolean }> {
  const { userId, courseId, byStaff = false } = input
  const terms = await oneRow<Terms>(
    db,
    sql`select enrollment, "enrollmentKey", capacity from "Course" where "tenantId" = ${db.tenantId} and id = ${courseId}
      and (status = 'PUBLISHED' or status = 'DRAFT' and ${byStaff}::boolean) and "deletedAt" is null for no key update`,
    'course',
  )
  const standing = await firstRow<{ id: string }>(
    db,
    sql`select id from "Enrollment" where "tenantId" = ${db.tenantId} and "userId" = ${userId} and "courseId" = ${courseId}`,
  )
  if (standing !== null) return { id: standing.id, created: false }
  assertMayEnter(terms, input)
  await assertRoom(db, courseId, terms.capacity)
  const { id } = await oneRow<{ id: string }>(
    db,
    sql`insert into "Enrollment" ("tenantId", "userId", "courseId")
      select u."tenantId", u.id, ${courseId} from "User" u
      where u."tenantId" = ${db.tenantId} and u.id = ${userId} and u."deletedAt" is null returning id`,
    'person',
  )
  return { id, created: true }
}

/** Whether a course that takes learners asks this person, who isn't in it yet, for its key. */
export async function asksForKey(db: TenantDb, input: Membership): Promise<boolean> {
  const found = await firstRow(
    db,
    sql`select c.id from "Course" c where c."tenantId" = ${db.tenantId} and c.id = ${input.courseId}
      and c.status = 'PUBLISHED' and c."deletedAt" is null and c.enrollment = 'KEY'
      and not exists (select from "Enrollment" e
        where e."tenantId" = c."tenantId" and e."courseId" = c.id and e."userId" = ${input.userId})`,
  )
  return found !== null
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
