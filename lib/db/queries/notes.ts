import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { affectOne, TOUCH } from './changes'

/** Notes beside lessons. Every statement names the author: nobody else reads or changes them, whoever they are. */

export type NoteRow = {
  id: string
  body: string
  /** Of the film. */
  atSecond: number | null
  quote: string | null
  before: string | null
  createdAt: Date
}

/** A person's notes beside a lesson, the oldest first. One statement. */
export async function listNotes(
  db: TenantDb,
  input: Readonly<{ userId: string; lessonId: string; limit: number }>,
): Promise<NoteRow[]> {
  return rows<NoteRow>(
    db,
    sql`select id, body, "atSecond", quote, before, "createdAt" from "LessonNote"
      where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and "lessonId" = ${input.lessonId}
      order by "createdAt", id limit ${input.limit}`,
  )
}

type NewNote = Readonly<{
  userId: string
  lessonId: string
  body: string
  atSecond: number | null
  quote: string | null
  before: string | null
  /** Null: now. A time to come counts as now. */
  createdAt: Date | null
  /** Notes that the person may have beside the lesson. */
  most: number
}>

/** Writes a note. Whether the lesson is open to its author is asked before. @returns null when they have too many there */
export async function createNote(db: TenantDb, note: NewNote): Promise<NoteRow | null> {
  const { userId, lessonId, body, atSecond, quote, before, createdAt, most } = note
  return firstRow<NoteRow>(
    db,
    sql`insert into "LessonNote" ("tenantId", "userId", "lessonId", body, "atSecond", quote, before, "createdAt")
      select l."tenantId", ${userId}, l.id, ${body}, ${atSecond}::int, ${quote}, ${before}, least(coalesce(${createdAt}::timestamptz, now()), now())
      from "Lesson" l
      where l."tenantId" = ${db.tenantId} and l.id = ${lessonId} and l."deletedAt" is null
        and (select count(*) from "LessonNote" n where n."tenantId" = ${db.tenantId} and n."userId" = ${userId} and n."lessonId" = l.id) < ${most}
      returning id, body, "atSecond", quote, before, "createdAt"`,
  )
}

/** Gives a person's own note other words. @throws AppError 'not_found' */
export async function changeNote(
  db: TenantDb,
  input: Readonly<{ userId: string; noteId: string; body: string }>,
): Promise<void> {
  await affectOne(
    db,
    sql`update "LessonNote" set body = ${input.body}, ${TOUCH}
      where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and id = ${input.noteId}`,
    'note',
  )
}

/** Deletes a person's own note. @throws AppError 'not_found' */
export async function deleteNote(
  db: TenantDb,
  input: Readonly<{ userId: string; noteId: string }>,
): Promise<void> {
  await affectOne(
    db,
    sql`delete from "LessonNote"
      where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and id = ${input.noteId}`,
    'note',
  )
}

export type CourseNoteRow = {
  courseTitle: string
  lessonTitle: string
  body: string
  atSecond: number | null
  quote: string | null
}

/**
 * All that a person wrote beside the lessons of a course, in the course's order, whether or not it is still open to
 * them: the words are theirs. One statement.
 */
export async function listCourseNotes(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string }>,
): Promise<CourseNoteRow[]> {
  return rows<CourseNoteRow>(
    db,
    sql`select c.title as "courseTitle", l.title as "lessonTitle", n.body, n."atSecond", n.quote from "LessonNote" n
      join "Lesson" l on l."tenantId" = n."tenantId" and l.id = n."lessonId"
      join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId"
      join "Course" c on c."tenantId" = m."tenantId" and c.id = m."courseId"
      where n."tenantId" = ${db.tenantId} and n."userId" = ${input.userId} and c.id = ${input.courseId}
      order by m."order", m.id, l."order", l.id, n."createdAt", n.id`,
  )
}
