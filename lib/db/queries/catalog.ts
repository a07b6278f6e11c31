import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { likePattern, sql, type Statement } from '../sql'

/** Published courses as everybody may see them. */

export type CatalogueRow = {
  id: string
  title: string
  description: string | null
  thumbnail: string | null
  instructorName: string
  publishedAt: Date
  moduleCount: number
  lessonCount: number
  /** Seconds. */
  durationSeconds: number
}

/** Counting stops here, so that a page about a course with a million learners costs what any other does. */
export const LEARNER_COUNT_CAP = 1_000

function keyset(cursor: Cursor | null): Statement {
  if (cursor === null) return sql``
  const { at, id } = cursor
  return cursor.go === 'next'
    ? sql`and (c."publishedAt", c.id) < (${at}::timestamptz, ${id})`
    : sql`and (c."publishedAt", c.id) > (${at}::timestamptz, ${id})`
}

/**
 * One page of the catalogue, newest first; `q` finds titles, descriptions and instructors that contain it.
 * One statement, whatever the length of the list.
 */
export async function listPublishedCourses(
  db: TenantDb,
  input: Readonly<{ q: string; cursor: Cursor | null; limit: number }>,
): Promise<Page<CatalogueRow>> {
  const { q, cursor, limit } = input
  const pattern = likePattern(q)
  const search =
    q === ''
      ? sql``
      : sql`and (c.title ilike ${pattern} or c.description ilike ${pattern} or u.name ilike ${pattern})`
  const order =
    cursor?.go === 'previous' ? sql`c."publishedAt" asc, c.id asc` : sql`c."publishedAt" desc, c.id desc`
  const found = await rows<CatalogueRow>(
    db,
    sql`select c.id, c.title, c.description, c.thumbnail, u.name as "instructorName", c."publishedAt",
        s.modules as "moduleCount", s.lessons as "lessonCount", s.seconds as "durationSeconds"
      from "Course" c
      join "User" u on u."tenantId" = c."tenantId" and u.id = c."instructorId"
      left join lateral (
        select count(distinct m.id)::int as modules, count(l.id)::int as lessons, coalesce(sum(l.duration), 0)::int as seconds
        from "Module" m
        left join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
        where m."tenantId" = c."tenantId" and m."courseId" = c.id and m."deletedAt" is null
      ) s on true
      where c."tenantId" = ${db.tenantId} and c.status = 'PUBLISHED' and c."deletedAt" is null ${search} ${keyset(cursor)}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.publishedAt)
}

/** Somebody who reads; null for a visitor. `everyCourse`: their permission reaches courses that are not their own. */
export type Reader = Readonly<{ userId: string; everyCourse: boolean }> | null

/** Whether course `c` is open to a reader beyond its previews: enrolled in it, teaching it, or in charge of all. */
function opened(db: TenantDb, reader: Reader): Statement {
  if (reader === null) return sql`false`
  const { userId, everyCourse } = reader
  return sql`(${everyCourse}::boolean or c."instructorId" = ${userId} or exists (select from "Enrollment" e
    where e."tenantId" = ${db.tenantId} and e."courseId" = c.id and e."userId" = ${userId}))`
}

export type PublishedCourse = {
  id: string
  title: string
  description: string | null
  thumbnail: string | null
  updatedAt: Date
  instructorName: string
  /** Storage key. */
  instructorAvatar: string | null
  /** Whether all its lessons are open to the reader. */
  opened: boolean
  /** At most LEARNER_COUNT_CAP. */
  learnerCount: number
  examCount: number
  assignmentCount: number
  nextClassTitle: string | null
  nextClassAt: Date | null
  /** Minutes. */
  nextClassDuration: number | null
}

/** A published course with what stands around it; null when there is none (a draft is none). One statement. */
export async function findPublishedCourse(
  db: TenantDb,
  courseId: string,
  reader: Reader,
): Promise<PublishedCourse | null> {
  return firstRow<PublishedCourse>(
    db,
    sql`select c.id, c.title, c.description, c.thumbnail, c."updatedAt", u.name as "instructorName", u.avatar as "instructorAvatar",
        ${opened(db, reader)} as opened,
        (select count(*)::int from (select 1 from "Enrollment" e
          where e."tenantId" = c."tenantId" and e."courseId" = c.id limit ${LEARNER_COUNT_CAP}) capped) as "learnerCount",
        (select count(*)::int from "Exam" x where x."tenantId" = c."tenantId" and x."courseId" = c.id and x."deletedAt" is null) as "examCount",
        (select count(*)::int from "Assignment" a where a."tenantId" = c."tenantId" and a."courseId" = c.id and a."deletedAt" is null) as "assignmentCount",
        v.title as "nextClassTitle", v."scheduledAt" as "nextClassAt", v.duration as "nextClassDuration"
      from "Course" c
      join "User" u on u."tenantId" = c."tenantId" and u.id = c."instructorId"
      left join lateral (
        select title, "scheduledAt", duration from "LiveClass" n
        where n."tenantId" = c."tenantId" and n."courseId" = c.id and n."scheduledAt" > now() order by n."scheduledAt" limit 1
      ) v on true
      where c."tenantId" = ${db.tenantId} and c.id = ${courseId} and c.status = 'PUBLISHED' and c."deletedAt" is null`,
  )
}

export type OutlineRow = {
  moduleId: string
  moduleTitle: string
  /** Null in a module without lessons. */
  lessonId: string | null
  lessonTitle: string | null
  /** Seconds. */
  duration: number | null
  hasVideo: boolean
  preview: boolean
}

/** Modules and lessons of a course in their order, a row a lesson (a module without lessons has one row). One statement. */
export async function listOutline(db: TenantDb, courseId: string): Promise<OutlineRow[]> {
  return rows<OutlineRow>(
    db,
    sql`select m.id as "moduleId", m.title as "moduleTitle", l.id as "lessonId", l.title as "lessonTitle", l.duration,
        l."videoUrl" is not null as "hasVideo", coalesce(l.preview, false) as preview
      from "Module" m
      left join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
      where m."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and m."deletedAt" is null
      order by m."order", m.id, l."order", l.id`,
  )
}

export type OpenLesson = {
  id: string
  /** Whether the course’s other lessons are open to the reader as well. */
  opened: boolean
  title: string
  courseId: string
  courseTitle: string
  moduleTitle: string
  /** The editor's document as text. */
  content: string | null
  videoUrl: string | null
  /** Seconds. */
  duration: number | null
}

/**
 * A lesson of a published course that is open to the reader: a preview, or any lesson of a course they are enrolled in,
 * teach, or are in charge of. Null when it isn't, or stands in another course.
 */
export async function findOpenLesson(
  db: TenantDb,
  input: Readonly<{ courseId: string; lessonId: string; reader: Reader }>,
): Promise<OpenLesson | null> {
  return firstRow<OpenLesson>(
    db,
    sql`select l.id, ${opened(db, input.reader)} as opened, l.title, c.id as "courseId", c.title as "courseTitle", m.title as "moduleTitle", l.content, l."videoUrl", l.duration
      from "Lesson" l
      join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
      join "Course" c on c."tenantId" = m."tenantId" and c.id = m."courseId"
      where l."tenantId" = ${db.tenantId} and l.id = ${input.lessonId} and c.id = ${input.courseId}
        and (l.preview or ${opened(db, input.reader)}) and l."deletedAt" is null and c.status = 'PUBLISHED' and c."deletedAt" is null`,
  )
}
