import 'server-only'
import { AppError } from '#lib/errors'
import type { CourseStatus } from '#types/db'
import { firstRow, orm, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { likePattern, sql } from '../sql'
import { affectOne, assignments, changeSeen, oneRow, TOUCH } from './changes'
import { newestFirst } from './paging'

/** Courses as those who teach them see them, drafts and archived ones included. */

export type CourseRow = {
  id: string
  title: string
  status: CourseStatus
  /** Storage key. */
  thumbnail: string | null
  instructorId: string
  instructorName: string
  publishedAt: Date | null
  createdAt: Date
  updatedAt: Date
  moduleCount: number
  lessonCount: number
}

type ListInput = Readonly<{
  q: string
  /** Null: any. */
  status: CourseStatus | null
  /** Null: everybody's. */
  instructorId: string | null
  cursor: Cursor | null
  limit: number
}>

/** One page of courses, newest first; `q` finds titles that contain it. One statement, whatever the length. */
export async function listCourses(db: TenantDb, input: ListInput): Promise<Page<CourseRow>> {
  const { q, status, instructorId, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`c."createdAt"`, sql`c.id`)
  const search = q === '' ? sql`` : sql`and c.title ilike ${likePattern(q)}`
  const inStatus = status === null ? sql`` : sql`and c.status = ${status}::"CourseStatus"`
  const taughtBy = instructorId === null ? sql`` : sql`and c."instructorId" = ${instructorId}`
  // The page is cut before anything is counted, so that a school's thousandth course costs nothing.
  const found = await rows<CourseRow>(
    db,
    sql`select c.id, c.title, c.status, c.thumbnail, c."instructorId", u.name as "instructorName", c."publishedAt",
        c."createdAt", c."updatedAt", s.modules as "moduleCount", s.lessons as "lessonCount"
      from (
        select * from "Course" c
        where c."tenantId" = ${db.tenantId} and c."deletedAt" is null ${search} ${inStatus} ${taughtBy} ${where}
        order by ${order} limit ${limit + 1}
      ) c
      join "User" u on u."tenantId" = c."tenantId" and u.id = c."instructorId"
      cross join lateral (
        select count(distinct m.id)::int as modules, count(l.id)::int as lessons
        from "Module" m
        left join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
        where m."tenantId" = c."tenantId" and m."courseId" = c.id and m."deletedAt" is null
      ) s
      order by ${order}`,
  )
  return cutPage(found, limit, cursor, (row) => row.createdAt)
}

const COURSE = {
  id: true,
  title: true,
  description: true,
  thumbnail: true,
  status: true,
  timeZone: true,
  instructorId: true,
  publishedAt: true,
  createdAt: true,
  updatedAt: true,
} as const

export type CourseDetails = {
  id: string
  title: string
  description: string | null
  /** Storage key. */
  thumbnail: string | null
  status: CourseStatus
  /** IANA; the school's when null. */
  timeZone: string | null
  instructorId: string
  publishedAt: Date | null
  createdAt: Date
  updatedAt: Date
}

/** A course in any status. @throws AppError 'not_found' */
export async function getCourse(db: TenantDb, courseId: string): Promise<CourseDetails> {
  const client = await orm(db)
  const course = await client.course.findFirst({
    where: { tenantId: db.tenantId, id: courseId, deletedAt: null },
    select: COURSE,
  })
  if (course === null) throw new AppError('not_found', 'There is no such course.')
  return course
}

/**
 * Makes a draft. With an id of the caller's, doing it again gives the course that is there.
 * @throws AppError 'not_found' when the instructor is nobody who may teach in this school
 */
export async function createCourse(
  db: TenantDb,
  input: Readonly<{ id?: string; instructorId: string; title: string; description: string | null }>,
): Promise<{ id: string; updatedAt: Date; created: boolean }> {
  const { id = null, instructorId, title, description } = input
  const made = await firstRow<{ id: string; updatedAt: Date }>(
    db,
    sql`insert into "Course" (id, "tenantId", "instructorId", title, description)
      select ${id}, u."tenantId", u.id, ${title}, ${description} from "User" u
      where u."tenantId" = ${db.tenantId} and u.id = ${instructorId} and u."deletedAt" is null and u.role <> 'STUDENT'
      on conflict (id) do nothing returning id, "updatedAt"`,
  )
  if (made !== null) return { ...made, created: true }
  // A statement of its own, so that it sees the course of whoever was quicker.
  const there = await oneRow<{ id: string; updatedAt: Date }>(
    db,
    sql`select id, "updatedAt" from "Course" where "tenantId" = ${db.tenantId} and id = ${id} and "instructorId" = ${instructorId}`,
    'instructor',
  )
  return { ...there, created: false }
}

type CourseChange = Readonly<{
  courseId: string
  /** `updatedAt` of the course as its editor saw it. */
  seen: Date
  /** What is left out stays as it is. */
  changes: Readonly<{
    title?: string
    description?: string | null
    thumbnail?: string | null
    timeZone?: string | null
  }>
}>

/** Changes a course unless somebody else has since. @throws AppError 'conflict', 'not_found' */
export async function updateCourse(db: TenantDb, input: CourseChange): Promise<{ updatedAt: Date }> {
  const { courseId, seen, changes } = input
  const set = assignments([
    changes.title === undefined ? null : sql`title = ${changes.title}`,
    changes.description === undefined ? null : sql`description = ${changes.description}`,
    changes.thumbnail === undefined ? null : sql`thumbnail = ${changes.thumbnail}`,
    changes.timeZone === undefined ? null : sql`"timeZone" = ${changes.timeZone}`,
  ])
  return changeSeen(
    db,
    sql`update "Course" set ${set} where "tenantId" = ${db.tenantId} and id = ${courseId} and "deletedAt" is null
      and "updatedAt" = ${seen} returning "updatedAt"`,
    sql`select 1 from "Course" where "tenantId" = ${db.tenantId} and id = ${courseId} and "deletedAt" is null`,
    'course',
  )
}

/**
 * Shows a course in the catalogue. `publishedAt` is set the first time and then stays, so that publishing again
 * does not bring an old course to the top. A published one is left as it is. @throws AppError 'not_found'
 */
export async function publishCourse(db: TenantDb, courseId: string): Promise<{ publishedAt: Date }> {
  return oneRow(
    db,
    sql`update "Course" set status = 'PUBLISHED', "publishedAt" = coalesce("publishedAt", now()),
        "updatedAt" = case when status = 'PUBLISHED' then "updatedAt" else greatest(now(), "updatedAt" + interval '1 millisecond') end
      where "tenantId" = ${db.tenantId} and id = ${courseId} and "deletedAt" is null returning "publishedAt"`,
    'course',
  )
}

/** Takes a course out of the catalogue; those enrolled keep it. @throws AppError 'not_found' */
export async function archiveCourse(db: TenantDb, courseId: string): Promise<void> {
  await affectOne(
    db,
    sql`update "Course" set status = 'ARCHIVED', ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${courseId} and "deletedAt" is null`,
    'course',
  )
}

/** Hides a course from everybody; what belongs to it stays until it is purged. @throws AppError 'not_found' */
export async function deleteCourse(db: TenantDb, courseId: string): Promise<void> {
  await affectOne(
    db,
    sql`update "Course" set "deletedAt" = now(), ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${courseId} and "deletedAt" is null`,
    'course',
  )
}
