import 'server-only'
import { AppError } from '#lib/errors'
import { affected, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'
import { oneRow } from './changes'

/** What a learner did in the lessons of a course, and what it adds up to. */

export type LessonMark = Readonly<{
  lessonId: string
  /** Seconds into the video; null leaves what is there. */
  position: number | null
  /** Null leaves it as it is: a video that plays again does not undo what was completed. */
  completed: boolean | null
}>

type Totals = { id: string; progress: number; completedAt: Date | null }

/**
 * Sets progress of the enrollments that `which` selects from what stands in their lessons: completed living lessons
 * of all living ones, in percent with two decimals; 100 only when none is missing, else 0 for a course without any.
 */
function recompute(db: TenantDb, courseId: string, which: Statement): Statement {
  return sql`with lessons as (
      select l.id from "Lesson" l
      join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
      where l."tenantId" = ${db.tenantId} and m."courseId" = ${courseId} and l."deletedAt" is null
    ), total as (
      select count(*) as lessons from lessons
    ), done as (
      select p."enrollmentId", count(*) as lessons from "LessonProgress" p
      join "Enrollment" e on e."tenantId" = p."tenantId" and e.id = p."enrollmentId"
      where p."tenantId" = ${db.tenantId} and e."courseId" = ${courseId} ${which} and p.completed and p."lessonId" in (select id from lessons)
      group by p."enrollmentId"
    ), figures as (
      select e.id, d.lessons = t.lessons as complete,
        case when d.lessons is null then 0
          when d.lessons = t.lessons then 100
          else least(round(100.0 * d.lessons / t.lessons, 2), 99.99) end as progress
      from "Enrollment" e cross join total t left join done d on d."enrollmentId" = e.id
      where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId} ${which}
    )
    update "Enrollment" e set progress = f.progress, "completedAt" = case when f.complete then coalesce(e."completedAt", now()) end
    from figures f where e."tenantId" = ${db.tenantId} and e.id = f.id and e."courseId" = ${courseId} ${which}
    returning e.id, e.progress, e."completedAt"`
}

/**
 * Records what a learner did in some lessons of a course, and the enrollment's progress with it.
 * The enrollment is locked first: two lessons completed at the same moment would otherwise each be summed up
 * without the other. If a lesson is named twice the last mark counts.
 * @throws AppError 'not_found' when the person isn't enrolled or a lesson is none of the course's
 */
export async function recordLessonProgress(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string; marks: readonly LessonMark[] }>,
): Promise<{ progress: number; completedAt: Date | null }> {
  const { userId, courseId, marks } = input
  const enrollment = await oneRow<{ id: string }>(
    db,
    sql`select e.id from "Enrollment" e
      join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null
      where e."tenantId" = ${db.tenantId} and e."userId" = ${userId} and e."courseId" = ${courseId} for no key update of e`,
    'enrollment',
  )
  const last = [...new Map(marks.map((mark) => [mark.lessonId, mark])).values()]
  // What is there can be read beside the insert, because everybody who writes it holds the lock above.
  const written = await affected(
    db,
    sql`insert into "LessonProgress" ("tenantId", "enrollmentId", "userId", "lessonId", "lastPosition", completed, "completedAt")
      select l."tenantId", ${enrollment.id}, ${userId}, l.id, coalesce(k.position, o."lastPosition", 0),
        coalesce(k.completed, o.completed, false), case when coalesce(k.completed, o.completed) then coalesce(o."completedAt", now()) end
      from unnest(${last.map((mark) => mark.lessonId)}::text[], ${last.map((mark) => mark.position?.toString() ?? null)}::int[],
        ${last.map((mark) => mark.completed?.toString() ?? null)}::boolean[]) as k("lessonId", position, completed)
      join "Lesson" l on l.id = k."lessonId" and l."deletedAt" is null
      join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
      left join "LessonProgress" o on o."tenantId" = l."tenantId" and o."enrollmentId" = ${enrollment.id} and o."lessonId" = l.id
      where l."tenantId" = ${db.tenantId} and m."courseId" = ${courseId}
      on conflict ("tenantId", "enrollmentId", "lessonId") do update set "lastPosition" = excluded."lastPosition",
        completed = excluded.completed, "completedAt" = excluded."completedAt", "updatedAt" = now()`,
  )
  if (written !== last.length) throw new AppError('not_found', 'A lesson is none of the course’s.')
  return oneRow<Totals>(db, recompute(db, courseId, sql`and e.id = ${enrollment.id}`), 'enrollment')
}

/**
 * Brings progress of everybody enrolled in a course up to date; due in the same transaction that added or removed
 * lessons. Locks the enrollments, in one order, for the same reason as above.
 * @returns how many enrollments there are
 */
export async function recomputeCourseProgress(db: TenantDb, courseId: string): Promise<number> {
  await rows(
    db,
    sql`select id from "Enrollment" where "tenantId" = ${db.tenantId} and "courseId" = ${courseId} order by id for no key update`,
  )
  return affected(db, recompute(db, courseId, sql``))
}

export type LessonProgressRow = {
  lessonId: string
  completed: boolean
  /** Seconds. */
  lastPosition: number
  completedAt: Date | null
}

/** What a person did in the lessons of a course, a row a lesson they opened. One statement. */
export async function listLessonProgress(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string }>,
): Promise<LessonProgressRow[]> {
  return rows<LessonProgressRow>(
    db,
    sql`select p."lessonId", p.completed, p."lastPosition", p."completedAt" from "LessonProgress" p
      join "Enrollment" e on e."tenantId" = p."tenantId" and e.id = p."enrollmentId"
      join "Lesson" l on l."tenantId" = p."tenantId" and l.id = p."lessonId" and l."deletedAt" is null
      join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
      where p."tenantId" = ${db.tenantId} and e."userId" = ${input.userId} and e."courseId" = ${input.courseId}
      order by m."order", m.id, l."order", l.id`,
  )
}
