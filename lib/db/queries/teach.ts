import 'server-only'
import { AppError } from '#lib/errors'
import type { CompletionRule, CourseStatus, EnrollmentMode } from '#types/db'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'
import { affectOne, oneRow, TOUCH } from './changes'

/** Courses as those who build them see them, and who that is. */

/** Somebody who builds courses: their own, or the whole school's where `everyCourse`. */
export type Author = Readonly<{ userId: string; everyCourse: boolean }>

export type EditableCourse = {
  id: string
  title: string
  status: CourseStatus
  instructorId: string
  /** Storage key. */
  thumbnail: string | null
  /** Learners at most; null: no limit. */
  capacity: number | null
  publishedAt: Date | null
  /** The first lesson of the outline; null while there is none. */
  firstLessonId: string | null
}

async function editable(
  db: TenantDb,
  input: Readonly<{ courseId: string; by: Author; lock: Statement }>,
): Promise<EditableCourse> {
  const { courseId, by, lock } = input
  const course = await oneRow<EditableCourse>(
    db,
    sql`select c.id, c.title, c.status, c."instructorId", c.thumbnail, c.capacity, c."publishedAt",
        (select l.id from "Lesson" l
          join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
          where l."tenantId" = c."tenantId" and m."courseId" = c.id and l."deletedAt" is null
          order by m."order", m.id, l."order", l.id limit 1) as "firstLessonId"
      from "Course" c where c."tenantId" = ${db.tenantId} and c.id = ${courseId} and c."deletedAt" is null ${lock}`,
    'course',
  )
  if (!by.everyCourse && course.instructorId !== by.userId)
    throw new AppError('forbidden', 'Somebody else teaches this course.')
  return course
}

/** A course in any status, for whoever may edit it. @throws AppError 'not_found'; 'forbidden' when it is a colleague's */
export async function findEditable(
  db: TenantDb,
  input: Readonly<{ courseId: string; by: Author }>,
): Promise<EditableCourse> {
  return editable(db, { ...input, lock: sql`` })
}

/**
 * The same, and the right to change the course until the transaction ends: editors take turns. What follows is a
 * statement of its own and sees what the editor before has committed. @throws as `findEditable`
 */
export async function lockEditable(
  db: TenantDb,
  input: Readonly<{ courseId: string; by: Author }>,
): Promise<EditableCourse> {
  return editable(db, { ...input, lock: sql`for no key update of c` })
}

/** The title of a living module of a course. @throws AppError 'not_found' also for another course's */
export async function getModule(
  db: TenantDb,
  input: Readonly<{ courseId: string; moduleId: string }>,
): Promise<{ title: string }> {
  return oneRow(
    db,
    sql`select title from "Module" where "tenantId" = ${db.tenantId} and id = ${input.moduleId}
      and "courseId" = ${input.courseId} and "deletedAt" is null`,
    'module',
  )
}

/** The title of a living lesson of a course. @throws AppError 'not_found' also for another course's */
export async function getLessonTitle(
  db: TenantDb,
  input: Readonly<{ courseId: string; lessonId: string }>,
): Promise<{ title: string; updatedAt: Date }> {
  return oneRow(
    db,
    sql`select l.title, l."updatedAt" from "Lesson" l
      join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
      where l."tenantId" = ${db.tenantId} and l.id = ${input.lessonId} and m."courseId" = ${input.courseId} and l."deletedAt" is null`,
    'lesson',
  )
}

export type StructureRow = {
  moduleId: string
  moduleTitle: string
  /** Null in a module without lessons. */
  lessonId: string | null
  lessonTitle: string | null
  /** Seconds. */
  duration: number | null
  hasVideo: boolean
  hasText: boolean
  preview: boolean
  /** Closed to learners until a day or another lesson. */
  held: boolean
}

/** Modules and lessons of a course in their order, a row a lesson. One statement. */
export async function listStructure(db: TenantDb, courseId: string): Promise<StructureRow[]> {
  return rows<StructureRow>(
    db,
    sql`select m.id as "moduleId", m.title as "moduleTitle", l.id as "lessonId", l.title as "lessonTitle", l.duration,
        l."videoUrl" is not null as "hasVideo", coalesce(l."contentText", '') <> '' as "hasText",
        coalesce(l.preview, false) as preview, (l."releaseAt" is not null or l."releaseAfterId" is not null) as held
      from "Module" m
      left join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
      where m."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and m."deletedAt" is null
      order by m."order", m.id, l."order", l.id`,
  )
}

/** Puts all modules and lessons of a course where the lists say. The caller holds the lock and has checked the lists. */
export async function placeAll(
  db: TenantDb,
  input: Readonly<{
    courseId: string
    modules: readonly Readonly<{ id: string; lessons: readonly string[] }>[]
  }>,
): Promise<void> {
  const { courseId, modules } = input
  const places = modules.flatMap(({ id, lessons }) =>
    lessons.map((lesson, position) => ({ id, lesson, position })),
  )
  await affected(
    db,
    sql`update "Module" m set "order" = w.position - 1
      from unnest(${modules.map(({ id }) => id)}::text[]) with ordinality as w(id, position)
      where m."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and m.id = w.id and m."deletedAt" is null`,
  )
  await affected(
    db,
    sql`update "Lesson" l set "moduleId" = w."moduleId", "order" = w.position
      from unnest(${places.map(({ lesson }) => lesson)}::text[], ${places.map(({ id }) => id)}::text[],
        ${places.map(({ position }) => position)}::int[]) as w(id, "moduleId", position)
      join "Module" m on m."tenantId" = ${db.tenantId} and m.id = w."moduleId" and m."courseId" = ${courseId} and m."deletedAt" is null
      where l."tenantId" = ${db.tenantId} and l.id = w.id and l."deletedAt" is null`,
  )
}

/** Brings a deleted module of a course back, with the lessons that it had. @throws AppError 'not_found' */
export async function restoreModule(
  db: TenantDb,
  input: Readonly<{ courseId: string; moduleId: string }>,
): Promise<void> {
  await affectOne(
    db,
    sql`update "Module" set "deletedAt" = null where "tenantId" = ${db.tenantId} and id = ${input.moduleId}
      and "courseId" = ${input.courseId}`,
    'module',
  )
}

/** Brings a deleted lesson back into its module. @throws AppError 'not_found' also when the module is gone */
export async function restoreLesson(
  db: TenantDb,
  input: Readonly<{ courseId: string; lessonId: string }>,
): Promise<void> {
  await affectOne(
    db,
    sql`update "Lesson" l set "deletedAt" = null, ${TOUCH} from "Module" m
      where l."tenantId" = ${db.tenantId} and l.id = ${input.lessonId} and m."tenantId" = l."tenantId" and m.id = l."moduleId"
        and m."courseId" = ${input.courseId} and m."deletedAt" is null`,
    'lesson',
  )
}

export type CourseSettings = {
  title: string
  description: string | null
  outcomes: string[]
  /** IANA; the school's when null. */
  timeZone: string | null
  enrollment: EnrollmentMode
  enrollmentKey: string | null
  capacity: number | null
  /** Storage key. */
  thumbnail: string | null
  /** Ids. */
  categories: string[]
  updatedAt: Date
}

/** What the details of a course are. @throws AppError 'not_found' */
export async function getSettings(db: TenantDb, courseId: string): Promise<CourseSettings> {
  return oneRow(
    db,
    sql`select title, description, outcomes, "timeZone", enrollment, "enrollmentKey", capacity, thumbnail, "updatedAt",
        array(select x."categoryId" from "CourseCategory" x where x."tenantId" = c."tenantId" and x."courseId" = c.id
          order by x."categoryId") as categories
      from "Course" c where "tenantId" = ${db.tenantId} and id = ${courseId} and "deletedAt" is null`,
    'course',
  )
}

type SettingsChange = Readonly<
  Omit<CourseSettings, 'categories' | 'thumbnail' | 'updatedAt' | 'outcomes'> & {
    courseId: string
    outcomes: readonly string[]
  }
>

/** Writes the details of a course that the caller has locked. @throws AppError 'not_found' */
export async function writeSettings(db: TenantDb, input: SettingsChange): Promise<void> {
  const { courseId, title, description, outcomes, timeZone, enrollment, enrollmentKey, capacity } = input
  await affectOne(
    db,
    sql`update "Course" set title = ${title}, description = ${description}, outcomes = ${outcomes}::text[],
        "timeZone" = ${timeZone}, enrollment = ${enrollment}::"EnrollmentMode", "enrollmentKey" = ${enrollmentKey},
        capacity = ${capacity}, ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${courseId} and "deletedAt" is null`,
    'course',
  )
}

/** Gives a course another cover, or none. @throws AppError 'not_found' */
export async function writeCover(
  db: TenantDb,
  input: Readonly<{ courseId: string; thumbnail: string | null }>,
): Promise<void> {
  await affectOne(
    db,
    sql`update "Course" set thumbnail = ${input.thumbnail}, ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${input.courseId} and "deletedAt" is null`,
    'course',
  )
}

/** Whether another course, a deleted one included, shows the same cover: copies share their original's. */
export async function isCoverShared(
  db: TenantDb,
  input: Readonly<{ courseId: string; thumbnail: string }>,
): Promise<boolean> {
  const found = await firstRow(
    db,
    sql`select 1 from "Course" where "tenantId" = ${db.tenantId} and thumbnail = ${input.thumbnail} and id <> ${input.courseId} limit 1`,
  )
  return found !== null
}

/**
 * Makes a course a draft again, unless somebody is enrolled in it: what a learner has begun doesn't disappear.
 * @returns whether it is one now @throws AppError 'not_found'
 */
export async function redraftCourse(db: TenantDb, courseId: string): Promise<boolean> {
  // The stronger lock waits for whoever is enrolling at this moment, so that the next statement sees them.
  await oneRow(
    db,
    sql`select id from "Course" where "tenantId" = ${db.tenantId} and id = ${courseId} and "deletedAt" is null for update`,
    'course',
  )
  return (
    (await affected(
      db,
      sql`update "Course" c set status = 'DRAFT', ${TOUCH} where c."tenantId" = ${db.tenantId} and c.id = ${courseId}
        and not exists (select from "Enrollment" e where e."tenantId" = c."tenantId" and e."courseId" = c.id)`,
    )) === 1
  )
}

/** Brings a deleted course back. @returns whether it had been deleted @throws AppError as `findEditable` */
export async function restoreCourse(
  db: TenantDb,
  input: Readonly<{ courseId: string; by: Author }>,
): Promise<boolean> {
  const { courseId, by } = input
  const restored = await affected(
    db,
    sql`update "Course" set "deletedAt" = null, ${TOUCH} where "tenantId" = ${db.tenantId} and id = ${courseId}
      and "deletedAt" is not null and (${by.everyCourse}::boolean or "instructorId" = ${by.userId})`,
  )
  if (restored === 0) await findEditable(db, input)
  return restored === 1
}

/**
 * Counts the courses of the school, the one among them that this transaction has just added. Whoever adds one stands in
 * line here, so that two at once don't take the last place twice.
 * @param limit of the school's plan @throws AppError 'limit_reached', which takes the new one back
 */
export async function countCoursePlaces(db: TenantDb, limit: number): Promise<number> {
  await firstRow(db, sql`select pg_advisory_xact_lock(hashtextextended(${`courses/${db.tenantId}`}, 0))`)
  const row = await firstRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from (select 1 from "Course"
      where "tenantId" = ${db.tenantId} and "deletedAt" is null limit ${limit + 1}) c`,
  )
  const used = row?.count ?? 0
  if (used > limit) throw new AppError('limit_reached', `The plan allows ${String(limit)} courses.`)
  return used
}

/** How many learners a course has. */
export async function countLearners(db: TenantDb, courseId: string): Promise<number> {
  const row = await firstRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from "Enrollment" where "tenantId" = ${db.tenantId} and "courseId" = ${courseId}`,
  )
  return row?.count ?? 0
}

/** A person of the school who may sign in, by address; null when there is none. */
export async function findByAddress(
  db: TenantDb,
  email: string,
): Promise<{ id: string; name: string } | null> {
  return firstRow(
    db,
    sql`select id, name from "User" where "tenantId" = ${db.tenantId} and email = ${email} and "deletedAt" is null and "disabledAt" is null`,
  )
}

export type JudgedRow = {
  moduleId: string
  moduleTitle: string
  /** Null in a module without lessons. */
  lessonId: string | null
  title: string | null
  /** The editor's document as text. */
  content: string | null
  videoUrl: string | null
  captions: string | null
  /** Seconds. */
  duration: number | null
  completion: CompletionRule | null
  releaseAfterId: string | null
}

/** All that the publish gate looks at, in the course's order. One statement. */
export async function listToJudge(db: TenantDb, courseId: string): Promise<JudgedRow[]> {
  return rows<JudgedRow>(
    db,
    sql`select m.id as "moduleId", m.title as "moduleTitle", l.id as "lessonId", l.title, l.content, l."videoUrl", l.captions,
        l.duration, l.completion, l."releaseAfterId"
      from "Module" m
      left join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
      where m."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and m."deletedAt" is null
      order by m."order", m.id, l."order", l.id`,
  )
}

/** Which of these courses, and lessons of courses, readers can be sent to. Two statements, whatever the number. */
export async function findPublished(
  db: TenantDb,
  input: Readonly<{ courseIds: readonly string[]; lessonIds: readonly string[] }>,
): Promise<{ courses: string[]; lessons: { id: string; courseId: string }[] }> {
  const courses = await rows<{ id: string }>(
    db,
    sql`select id from "Course" where "tenantId" = ${db.tenantId} and id = any(${input.courseIds}::text[])
      and status = 'PUBLISHED' and "deletedAt" is null`,
  )
  const lessons = await rows<{ id: string; courseId: string }>(
    db,
    sql`select l.id, c.id as "courseId" from "Lesson" l
      join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
      join "Course" c on c."tenantId" = m."tenantId" and c.id = m."courseId" and c.status = 'PUBLISHED' and c."deletedAt" is null
      where l."tenantId" = ${db.tenantId} and l.id = any(${input.lessonIds}::text[]) and l."deletedAt" is null`,
  )
  return { courses: courses.map(({ id }) => id), lessons }
}

export type PreviewedLesson = {
  id: string
  title: string
  courseTitle: string
  moduleTitle: string
  /** The editor's document as text. */
  content: string | null
  videoUrl: string | null
  captions: string | null
  /** Seconds. */
  duration: number | null
}

/** A lesson of a course in any status, for whoever may edit the course. @throws AppError 'not_found' */
export async function getPreviewedLesson(
  db: TenantDb,
  input: Readonly<{ courseId: string; lessonId: string }>,
): Promise<PreviewedLesson> {
  return oneRow(
    db,
    sql`select l.id, l.title, c.title as "courseTitle", m.title as "moduleTitle", l.content, l."videoUrl", l.captions, l.duration
      from "Lesson" l
      join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
      join "Course" c on c."tenantId" = m."tenantId" and c.id = m."courseId" and c."deletedAt" is null
      where l."tenantId" = ${db.tenantId} and l.id = ${input.lessonId} and c.id = ${input.courseId} and l."deletedAt" is null`,
    'lesson',
  )
}
