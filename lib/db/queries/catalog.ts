import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import type { CompletionRule, EnrollmentMode } from '#types/db'
import { type Cursor, cutPage, type Page } from '../keyset'
import { likePattern, sql, type Statement } from '../sql'
import { released } from './release'

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
  /** Percent that the reader has completed; null when they aren't enrolled. */
  progress: number | null
}

type CatalogueInput = Readonly<{
  q: string
  cursor: Cursor | null
  limit: number
  /** Only what stands on this shelf. */
  categoryId?: string | null
  /** Whose progress is shown; null or left out for a visitor. */
  userId?: string | null
  /** Only what that person is enrolled in. */
  mine?: boolean
}>

/** Narrows the catalogue to a shelf. */
function onShelf(db: TenantDb, categoryId: string | null): Statement {
  if (categoryId === null) return sql``
  return sql`and exists (select from "CourseCategory" g where g."tenantId" = ${db.tenantId} and g."courseId" = c.id
    and g."categoryId" = ${categoryId})`
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
export async function listPublishedCourses(db: TenantDb, input: CatalogueInput): Promise<Page<CatalogueRow>> {
  const { q, cursor, limit, categoryId = null, userId = null, mine = false } = input
  const own =
    userId === null
      ? { progress: sql`null::float8`, join: sql`` }
      : {
          progress: sql`e.progress`,
          join: sql`${mine ? sql`join` : sql`left join`} "Enrollment" e on e."tenantId" = c."tenantId" and e."courseId" = c.id and e."userId" = ${userId}`,
        }
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
        s.modules as "moduleCount", s.lessons as "lessonCount", s.seconds as "durationSeconds", ${own.progress} as progress
      from "Course" c
      join "User" u on u."tenantId" = c."tenantId" and u.id = c."instructorId"
      ${own.join}
      left join lateral (
        select count(distinct m.id)::int as modules, count(l.id)::int as lessons, coalesce(sum(l.duration), 0)::int as seconds
        from "Module" m
        left join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
        where m."tenantId" = c."tenantId" and m."courseId" = c.id and m."deletedAt" is null
      ) s on true
      where c."tenantId" = ${db.tenantId} and c.status = 'PUBLISHED' and c."deletedAt" is null ${search} ${onShelf(db, categoryId)} ${keyset(cursor)}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.publishedAt)
}

export type Shelf = { id: string; name: string }

/** The shelves that hold something that is published, by name. One statement. */
export async function listShelves(db: TenantDb): Promise<Shelf[]> {
  return rows<Shelf>(
    db,
    sql`select g.id, g.name from "Category" g where g."tenantId" = ${db.tenantId} and exists (
        select from "CourseCategory" x join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId"
        where x."tenantId" = g."tenantId" and x."categoryId" = g.id and c.status = 'PUBLISHED' and c."deletedAt" is null)
      order by lower(g.name), g.id limit 50`,
  )
}

/** Somebody who reads; null for a visitor. `everyCourse`: their permission reaches courses that are not their own. */
export type Reader = Readonly<{ userId: string; everyCourse: boolean }> | null

/** Whether a reader teaches course `c` or is in charge of all. */
export function inCharge(reader: Reader): Statement {
  return reader === null
    ? sql`false`
    : sql`(${reader.everyCourse}::boolean or c."instructorId" = ${reader.userId})`
}

/** The reader's enrollment in course `c` as `e`: at most one row, none for a visitor. */
export function ownEnrollment(db: TenantDb, reader: Reader): Statement {
  return reader === null
    ? sql`left join lateral (select null::text as id, null::float8 as progress, null::timestamptz as "completedAt" limit 0) e on true`
    : sql`left join "Enrollment" e on e."tenantId" = ${db.tenantId} and e."courseId" = c.id and e."userId" = ${reader.userId}`
}

/** The code of the reader's certificate of course `c`, where it is completed and the certificate stands. */
function ownCertificate(db: TenantDb, reader: Reader): Statement {
  return reader === null
    ? sql`null::text`
    : sql`case when e."completedAt" is not null then (select k.code from "Certificate" k
        where k."tenantId" = ${db.tenantId} and k."userId" = ${reader.userId} and k."courseId" = c.id and k."revokedAt" is null) end`
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
  /** What a learner can do afterwards. */
  outcomes: string[]
  categories: string[]
  enrollment: EnrollmentMode
  /** Learners at most; null: no limit. */
  capacity: number | null
  /** Whether all its lessons are open to the reader. */
  opened: boolean
  /** Whether the reader teaches it or is in charge of all courses: nothing is closed to them. */
  inCharge: boolean
  /** The reader's own; null when they aren't enrolled. */
  enrollmentId: string | null
  /** Percent. */
  progress: number | null
  completedAt: Date | null
  /** Of the reader's certificate, if it stands. */
  certificateCode: string | null
  /** Learners who want to may see how they do beside others. */
  leaderboard: boolean
  /** At most LEARNER_COUNT_CAP. */
  learnerCount: number
  examCount: number
  assignmentCount: number
  nextClassId: string | null
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
        c.outcomes, c.enrollment, c.capacity, ${inCharge(reader)} as "inCharge", (e.id is not null or ${inCharge(reader)}) as opened,
        e.id as "enrollmentId", e.progress, e."completedAt", ${ownCertificate(db, reader)} as "certificateCode", c.leaderboard,
        array(select g.name from "CourseCategory" cg join "Category" g on g."tenantId" = cg."tenantId" and g.id = cg."categoryId"
          where cg."tenantId" = c."tenantId" and cg."courseId" = c.id order by g.name) as categories,
        (select count(*)::int from (select 1 from "Enrollment" n
          where n."tenantId" = c."tenantId" and n."courseId" = c.id limit ${LEARNER_COUNT_CAP}) capped) as "learnerCount",
        (select count(*)::int from "Exam" x where x."tenantId" = c."tenantId" and x."courseId" = c.id and x."deletedAt" is null and x."publishedAt" is not null) as "examCount",
        (select count(*)::int from "Assignment" a where a."tenantId" = c."tenantId" and a."courseId" = c.id and a."deletedAt" is null
          and a."publishedAt" is not null) as "assignmentCount",
        v.id as "nextClassId", v.title as "nextClassTitle", v."scheduledAt" as "nextClassAt", v.duration as "nextClassDuration"
      from "Course" c
      join "User" u on u."tenantId" = c."tenantId" and u.id = c."instructorId"
      ${ownEnrollment(db, reader)}
      left join lateral (
        select id, title, "scheduledAt", duration from "LiveClass" n
        where n."tenantId" = c."tenantId" and n."courseId" = c.id and n."scheduledAt" > now() and n."cancelledAt" is null order by n."scheduledAt" limit 1
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
  /** Whether the learner has completed it. */
  completed: boolean
  /** Whether it is open to learners by its own rules. */
  released: boolean
  releaseAt: Date | null
  releaseAfterId: string | null
}

/**
 * Modules and lessons of a course in their order, a row a lesson (a module without lessons has one row). One statement.
 * @param enrollmentId of the learner whose progress it shows; null: nobody's
 */
export async function listOutline(
  db: TenantDb,
  courseId: string,
  enrollmentId: string | null = null,
): Promise<OutlineRow[]> {
  const done =
    enrollmentId === null
      ? { completed: sql`false`, join: sql`` }
      : {
          completed: sql`coalesce(p.completed, false)`,
          join: sql`left join "LessonProgress" p on p."tenantId" = ${db.tenantId} and p."enrollmentId" = ${enrollmentId} and p."lessonId" = l.id`,
        }
  return rows<OutlineRow>(
    db,
    sql`select m.id as "moduleId", m.title as "moduleTitle", l.id as "lessonId", l.title as "lessonTitle", l.duration,
        l."videoUrl" is not null as "hasVideo", coalesce(l.preview, false) as preview, ${done.completed} as completed,
        ${released(db, sql`${enrollmentId}::text`)} as released, l."releaseAt", l."releaseAfterId"
      from "Module" m
      left join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
      ${done.join}
      where m."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and m."deletedAt" is null
      order by m."order", m.id, l."order", l.id`,
  )
}

export type OpenLesson = {
  id: string
  /** Whether the course’s other lessons are open to the reader as well. */
  opened: boolean
  /** Whether the reader teaches the course or is in charge of all. */
  inCharge: boolean
  enrollmentId: string | null
  /** Percent of the course; null for somebody who isn't enrolled. */
  progress: number | null
  title: string
  courseId: string
  courseTitle: string
  moduleTitle: string
  /** Whether its day, and the lesson it waits for, have come. Nothing of it is given before, but to those in charge. */
  released: boolean
  /** The editor's document as text. */
  content: string | null
  videoUrl: string | null
  /** Storage key. */
  captions: string | null
  /** Seconds. */
  duration: number | null
  completion: CompletionRule
  /** Of the film, where it has to be watched. */
  completionPercent: number
  completed: boolean
  /** Whether the learner opened it before. */
  viewed: boolean
  /** Seconds into the film. */
  lastPosition: number
  /** Seconds of the film that were played. */
  watchedSeconds: number
  /** Whether the course has its tutor on. */
  tutorOn: boolean
}

/**
 * A lesson of a published course that is open to the reader: a preview, or any lesson of a course they are enrolled in,
 * teach, or are in charge of. Null when it isn't, or stands in another course. One statement.
 */
export async function findOpenLesson(
  db: TenantDb,
  input: Readonly<{ courseId: string; lessonId: string; reader: Reader }>,
): Promise<OpenLesson | null> {
  const { courseId, lessonId, reader } = input
  return firstRow<OpenLesson>(
    db,
    sql`select f.id, f.opened, f."inCharge", f."enrollmentId", f.progress, f.title, f."courseId", f."courseTitle", f."moduleTitle",
        f."tutorOn", f.released, case when f.shown then f.content end as content, case when f.shown then f."videoUrl" end as "videoUrl",
        case when f.shown then f.captions end as captions, f.duration, f.completion, f."completionPercent",
        coalesce(p.completed, false) as completed, p."viewedAt" is not null as viewed, coalesce(p."lastPosition", 0) as "lastPosition",
        (select coalesce(sum(upper(r) - lower(r)), 0)::int from unnest(p.watched) r) as "watchedSeconds"
      from (
        select l.*, r.released, r.released or ${inCharge(reader)} as shown, (e.id is not null or ${inCharge(reader)}) as opened,
          ${inCharge(reader)} as "inCharge", e.id as "enrollmentId", e.progress, c.id as "courseId", c.title as "courseTitle",
          m.title as "moduleTitle", coalesce((c.tutor ->> 'on')::boolean, true) as "tutorOn"
        from "Lesson" l
        join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
        join "Course" c on c."tenantId" = m."tenantId" and c.id = m."courseId"
        ${ownEnrollment(db, reader)}
        cross join lateral (select ${released(db, sql`e.id`)} as released) r
        where l."tenantId" = ${db.tenantId} and l.id = ${lessonId} and c.id = ${courseId}
          and (l.preview or e.id is not null or ${inCharge(reader)}) and l."deletedAt" is null and c.status = 'PUBLISHED' and c."deletedAt" is null
      ) f
      left join "LessonProgress" p on p."tenantId" = f."tenantId" and p."enrollmentId" = f."enrollmentId" and p."lessonId" = f.id`,
  )
}
