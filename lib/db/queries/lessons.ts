import 'server-only'
import { CONTENT_VERSION, type LessonDocument } from '#lib/content/document'
import { plainText } from '#lib/content/plain-text'
import { AppError } from '#lib/errors'
import type { CompletionRule } from '#types/db'
import { affected, firstRow, orm, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'
import { affectOne, assignments, changeSeen, oneRow, TOUCH } from './changes'

const LESSON = {
  id: true,
  moduleId: true,
  title: true,
  content: true,
  contentVersion: true,
  videoUrl: true,
  duration: true,
  preview: true,
  order: true,
  updatedAt: true,
} as const

export type LessonDetails = {
  id: string
  moduleId: string
  title: string
  /** The editor's document as text. */
  content: string | null
  contentVersion: number
  videoUrl: string | null
  /** Seconds. */
  duration: number | null
  preview: boolean
  order: number
  updatedAt: Date
}

/** A lesson for its editor, whatever its course's status. @throws AppError 'not_found' */
export async function getLesson(db: TenantDb, lessonId: string): Promise<LessonDetails> {
  const client = await orm(db)
  const module = { deletedAt: null, course: { deletedAt: null } }
  const lesson = await client.lesson.findFirst({
    where: { tenantId: db.tenantId, id: lessonId, deletedAt: null, module },
    select: LESSON,
  })
  if (lesson === null) throw new AppError('not_found', 'There is no such lesson.')
  return lesson
}

/** As `lockCourse`, for the course that a module belongs to. A module never changes its course. */
async function lockCourseOfModule(db: TenantDb, moduleId: string): Promise<{ courseId: string }> {
  return oneRow(
    db,
    sql`select c.id as "courseId" from "Course" c
      join "Module" m on m."tenantId" = c."tenantId" and m."courseId" = c.id and m.id = ${moduleId} and m."deletedAt" is null
      where c."tenantId" = ${db.tenantId} and c."deletedAt" is null for no key update of c`,
    'module',
  )
}

/**
 * Adds a lesson at the end of a module. With an id of the caller's, doing it again gives the lesson that is there.
 * Progress of the enrolled changes by that: follow with `recomputeCourseProgress`. @throws AppError 'not_found'
 */
export async function createLesson(
  db: TenantDb,
  input: Readonly<{ id?: string; moduleId: string; title: string }>,
): Promise<{ id: string; order: number; updatedAt: Date }> {
  type Made = { id: string; order: number; updatedAt: Date }
  const { id = null, moduleId, title } = input
  await lockCourseOfModule(db, moduleId)
  const made = await firstRow<Made>(
    db,
    sql`insert into "Lesson" (id, "tenantId", "moduleId", title, "order")
      select ${id}, ${db.tenantId}, ${moduleId}, ${title}, coalesce(max("order") + 1, 0) from "Lesson"
      where "tenantId" = ${db.tenantId} and "moduleId" = ${moduleId} and "deletedAt" is null
      on conflict (id) do nothing returning id, "order", "updatedAt"`,
  )
  if (made !== null) return made
  return oneRow<Made>(
    db,
    sql`select id, "order", "updatedAt" from "Lesson" where "tenantId" = ${db.tenantId} and "moduleId" = ${moduleId} and id = ${id}`,
    'lesson',
  )
}

type LessonChange = Readonly<{
  lessonId: string
  /** `updatedAt` of the lesson as its editor saw it. */
  seen: Date
  /** What is left out stays as it is. */
  changes: Readonly<{
    title?: string
    content?: LessonDocument | null
    /** An https address or a storage key. */
    videoUrl?: string | null
    /** Seconds. */
    duration?: number | null
    /** Storage key of the film's captions. */
    captions?: string | null
    preview?: boolean
    completion?: CompletionRule
    /** Of the film, where it has to be watched. */
    completionPercent?: number
    releaseAt?: Date | null
    releaseAfterId?: string | null
  }>
}>

/** What completes a lesson and what opens it. */
function rulesOf(changes: LessonChange['changes']): (Statement | null)[] {
  const { completion, completionPercent, releaseAt, releaseAfterId } = changes
  return [
    completion === undefined ? null : sql`completion = ${completion}::"CompletionRule"`,
    completionPercent === undefined ? null : sql`"completionPercent" = ${completionPercent}`,
    releaseAt === undefined ? null : sql`"releaseAt" = ${releaseAt}`,
    releaseAfterId === undefined ? null : sql`"releaseAfterId" = ${releaseAfterId}`,
  ]
}

/**
 * Changes a lesson unless somebody else has since. The document, the version of its contract and its plain text
 * are written together, so that search never finds what a reader can't see. @throws AppError 'conflict', 'not_found'
 */
export async function updateLesson(db: TenantDb, input: LessonChange): Promise<{ updatedAt: Date }> {
  const { lessonId, seen, changes } = input
  const { title, content, videoUrl, duration, captions, preview } = changes
  const text = content == null ? null : plainText(content)
  const json = content == null ? null : JSON.stringify(content)
  const set = assignments([
    title === undefined ? null : sql`title = ${title}`,
    content === undefined
      ? null
      : sql`content = ${json}, "contentVersion" = ${CONTENT_VERSION}, "contentText" = ${text}`,
    videoUrl === undefined ? null : sql`"videoUrl" = ${videoUrl}`,
    duration === undefined ? null : sql`duration = ${duration}`,
    captions === undefined ? null : sql`captions = ${captions}`,
    preview === undefined ? null : sql`preview = ${preview}`,
    ...rulesOf(changes),
  ])
  return changeSeen(
    db,
    sql`update "Lesson" set ${set} where "tenantId" = ${db.tenantId} and id = ${lessonId} and "deletedAt" is null
      and "updatedAt" = ${seen} returning "updatedAt"`,
    sql`select 1 from "Lesson" where "tenantId" = ${db.tenantId} and id = ${lessonId} and "deletedAt" is null`,
    'lesson',
  )
}

/**
 * Hides a lesson. Progress of the enrolled changes by that: follow with `recomputeCourseProgress`.
 * @throws AppError 'not_found'
 */
export async function deleteLesson(db: TenantDb, lessonId: string): Promise<void> {
  await affectOne(
    db,
    sql`update "Lesson" set "deletedAt" = now(), ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${lessonId} and "deletedAt" is null`,
    'lesson',
  )
}

/**
 * Puts the lessons of a module into the order of `lessonIds`.
 * @throws AppError 'conflict' unless the list is exactly the module's lessons: somebody added or took one away
 */
export async function reorderLessons(
  db: TenantDb,
  input: Readonly<{ moduleId: string; lessonIds: readonly string[] }>,
): Promise<void> {
  const { moduleId, lessonIds } = input
  await lockCourseOfModule(db, moduleId)
  const moved = await affected(
    db,
    sql`with living as (
        select id from "Lesson" where "tenantId" = ${db.tenantId} and "moduleId" = ${moduleId} and "deletedAt" is null
      ), wanted as (
        select id, position - 1 as position from unnest(${lessonIds}::text[]) with ordinality as w(id, position)
      )
      update "Lesson" l set "order" = w.position from wanted w
      where l."tenantId" = ${db.tenantId} and l."moduleId" = ${moduleId} and l.id = w.id and l."deletedAt" is null
        and (select array_agg(id order by id) from living) = (select array_agg(id order by id) from wanted)`,
  )
  if (moved !== lessonIds.length) throw new AppError('conflict', 'The list is not the module’s lessons.')
}

/**
 * Moves a lesson to a place in a module of the same course (its own, too) and closes the gap it leaves.
 * @param input.position from 0; more than there are lessons means the end
 * @throws AppError 'not_found' when lesson or module is none of this course's
 */
export async function moveLesson(
  db: TenantDb,
  input: Readonly<{ lessonId: string; moduleId: string; position: number }>,
): Promise<void> {
  const { lessonId, moduleId, position } = input
  const { courseId } = await lockCourseOfModule(db, moduleId)
  // The others of both modules get odd ranks and the moved one the even rank before its place.
  await affectOne(
    db,
    sql`with source as (
        select l.id, l."moduleId" from "Lesson" l
        join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
        where l."tenantId" = ${db.tenantId} and l.id = ${lessonId} and l."deletedAt" is null and m."courseId" = ${courseId}
      ), others as (
        select l.id, l."moduleId", 2 * row_number() over (partition by l."moduleId" order by l."order") - 1 as rank
        from "Lesson" l, source s
        where l."tenantId" = ${db.tenantId} and l."moduleId" in (${moduleId}, s."moduleId") and l.id <> s.id and l."deletedAt" is null
      ), places as (
        select id, "moduleId", rank from others union all select id, ${moduleId}, 2 * ${position}::bigint from source
      ), wanted as (
        select id, "moduleId", row_number() over (partition by "moduleId" order by rank) - 1 as position from places
      )
      update "Lesson" l set "moduleId" = w."moduleId", "order" = w.position from wanted w
      where l."tenantId" = ${db.tenantId} and l.id = w.id and l."deletedAt" is null`,
    'lesson',
  )
}
