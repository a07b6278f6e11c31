import 'server-only'
import { AppError } from '#lib/errors'
import type { CompletionRule } from '#types/db'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import type { Reader } from './catalog'

/** Lessons as their editor knows them, of courses that the editor teaches or is in charge of. */

export type EditedLesson = {
  id: string
  courseId: string
  courseTitle: string
  /** IANA: the course's, or else the school's. */
  timeZone: string
  title: string
  /** The editor's document as text. */
  content: string | null
  preview: boolean
  completion: CompletionRule
  completionPercent: number
  /** `YYYY-MM-DDTHH:mm` in `timeZone`. */
  releaseAt: string | null
  releaseAfterId: string | null
  /** An https address or a storage key. */
  videoUrl: string | null
  /** Storage key. */
  captions: string | null
  /** Seconds. */
  duration: number | null
  updatedAt: Date
}

type Which = Readonly<{
  lessonId: string
  reader: Reader
  /** IANA zone of courses that have none of their own. */
  timeZone: string
  /** Holds the lesson until the unit of work ends: whoever saves it meanwhile waits, and then sees what was saved. */
  lock: boolean
}>

/** A lesson that the reader may edit. @throws AppError 'not_found', also for a lesson of somebody else's course */
export async function getLessonToEdit(db: TenantDb, input: Which): Promise<EditedLesson> {
  const { lessonId, reader, timeZone, lock } = input
  const missing = new AppError('not_found', 'There is no such lesson to edit.')
  if (reader === null) throw missing
  const lesson = await firstRow<EditedLesson>(
    db,
    sql`select l.id, c.id as "courseId", c.title as "courseTitle", z.zone as "timeZone",
        l.title, l.content, l.preview, l.completion, l."completionPercent",
        to_char(l."releaseAt" at time zone z.zone, 'YYYY-MM-DD"T"HH24:MI') as "releaseAt", l."releaseAfterId",
        l."videoUrl", l.captions, l.duration, l."updatedAt"
      from "Lesson" l
      join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
      join "Course" c on c."tenantId" = m."tenantId" and c.id = m."courseId" and c."deletedAt" is null
      cross join lateral (select coalesce(c."timeZone", ${timeZone}) as zone) z
      where l."tenantId" = ${db.tenantId} and l.id = ${lessonId} and l."deletedAt" is null
        and (${reader.everyCourse}::boolean or c."instructorId" = ${reader.userId})
      ${lock ? sql`for no key update of l` : sql``}`,
  )
  if (lesson === null) throw missing
  return lesson
}

/** The living lessons of a course in their order. */
export async function listLessonTitles(
  db: TenantDb,
  courseId: string,
): Promise<{ id: string; title: string }[]> {
  return rows(
    db,
    sql`select l.id, l.title from "Lesson" l
      join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
      where l."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and l."deletedAt" is null
      order by m."order", m.id, l."order", l.id`,
  )
}

/**
 * Whether a lesson may wait for another one: both in this course, and the other one not waiting, over however many
 * others, for this one. Holds the course, so that two lessons can't be made to wait for each other at the same moment.
 */
export async function mayWaitFor(
  db: TenantDb,
  input: Readonly<{ courseId: string; lessonId: string; afterId: string }>,
): Promise<boolean> {
  const { courseId, lessonId, afterId } = input
  await rows(
    db,
    sql`select id from "Course" where "tenantId" = ${db.tenantId} and id = ${courseId} for no key update`,
  )
  const found = await firstRow<{ free: boolean }>(
    db,
    sql`with recursive awaited as (
        select l.id, l."releaseAfterId" from "Lesson" l
        join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
        where l."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and l.id = ${afterId} and l."deletedAt" is null
        union
        select l.id, l."releaseAfterId" from awaited a
        join "Lesson" l on l."tenantId" = ${db.tenantId} and l.id = a."releaseAfterId"
      )
      select bool_and(id <> ${lessonId}) as free from awaited`,
  )
  return found?.free ?? false
}

/** A moment that a clock on the wall of a zone shows: `2026-03-01T09:00` in `Asia/Tokyo`. */
export async function momentOf(
  db: TenantDb,
  input: Readonly<{ local: string; timeZone: string }>,
): Promise<Date> {
  const found = await firstRow<{ moment: Date }>(
    db,
    sql`select ${input.local}::timestamp at time zone ${input.timeZone} as moment`,
  )
  if (found === null) throw new Error('PostgreSQL gave no moment.')
  return found.moment
}

/** Whether the person changed the lesson's text, by the log, in these last minutes. */
export async function wroteLately(
  db: TenantDb,
  input: Readonly<{ lessonId: string; userId: string; action: string; minutes: number }>,
): Promise<boolean> {
  const { lessonId, userId, action, minutes } = input
  const found = await firstRow(
    db,
    sql`select 1 from "AuditLog" where "tenantId" = ${db.tenantId} and "targetId" = ${lessonId} and "actorId" = ${userId}
      and action = ${action} and "createdAt" > now() - ${minutes} * interval '1 minute' limit 1`,
  )
  return found !== null
}
