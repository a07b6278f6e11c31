import 'server-only'
import { AppError } from '#lib/errors'
import { affected, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'
import { oneRow } from './changes'
import { tell } from './outbox'
import { released } from './release'

/** What a learner did in the lessons of a course, and what it adds up to. */

export type LessonMark = Readonly<{
  lessonId: string
  /** Seconds into the video; null leaves what is there. */
  position: number | null
  /**
   * The learner's own word, where the lesson is completed by it; null leaves it as it is. What was completed stays so
   * until the learner takes it back.
   */
  completed: boolean | null
  /** Whether the lesson was opened. */
  viewed?: boolean
  /** Seconds of the video that were played, as [from, to) pairs. They are added to what was played before. */
  watched?: readonly (readonly [number, number])[]
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
    returning e.id, e.progress, e."completedAt", e."completedAt" = now()::timestamptz(3) as "isNew"`
}

/**
 * Brings everybody in a course up to date. Whoever completed it by that, without doing anything themselves, is given
 * what they earned by the worker. @returns how many enrollments there are
 */
async function recomputeAll(db: TenantDb, courseId: string): Promise<number> {
  const all = await rows<{ isNew: boolean | null }>(db, recompute(db, courseId, sql``))
  if (all.some(({ isNew }) => isNew === true))
    await tell(db, { kind: 'learning.completed', payload: { courseId } })
  return all.length
}

/** Ranges as PostgreSQL reads them; null for none. */
function multirange(ranges: LessonMark['watched']): string | null {
  if (ranges === undefined || ranges.length === 0) return null
  return `{${ranges.map(([from, to]) => `[${String(from)},${String(to)})`).join()}}`
}

/** Seconds in the ranges `watched`. */
function secondsOf(watched: Statement): Statement {
  return sql`(select coalesce(sum(upper(r) - lower(r)), 0) from unnest(${watched}) r)`
}

/**
 * Whether lesson `l` is completed by what is known of it, its own rule applied. A film whose length nobody knows can't
 * be watched to any part of it: there the learner's word counts.
 */
function byRule(facts: Readonly<{ viewed: Statement; watched: Statement; marked: Statement }>): Statement {
  return sql`case
    when l.completion = 'VIEWED' then ${facts.viewed}
    when l.completion = 'WATCHED' and l.duration > 0
      then ${secondsOf(facts.watched)} * 100 >= l."completionPercent" * l.duration
    else ${facts.marked} end`
}

/** What a learner is told after something was recorded. */
export type Recorded = {
  /** Percent of the course. */
  progress: number
  completedAt: Date | null
  /** Lessons that were not completed before. */
  newlyCompleted: string[]
  /** Whether the course was not completed before. */
  courseCompleted: boolean
}

type Written = { lessonId: string; isNew: boolean; open: boolean }

/** Adds marks to what stands of an enrollment's lessons, each lesson's own rule applied. One statement. */
async function writeMarks(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string; enrollmentId: string; marks: readonly LessonMark[] }>,
): Promise<Written[]> {
  const { userId, courseId, enrollmentId, marks } = input
  // What is there can be read beside the insert, because everybody who writes it holds the lock on the enrollment.
  return rows<Written>(
    db,
    sql`with wanted as (
        select l.id as "lessonId", k.position, f.*, ${released(db, sql`${enrollmentId}`)} as open,
          coalesce(o.completed, false) as "wasCompleted", o."completedAt", o."lastPosition",
          case when l.completion = 'MARKED' or (l.completion = 'WATCHED' and coalesce(l.duration, 0) = 0)
            then coalesce(k.completed, o.completed, false)
            else coalesce(o.completed, false) or ${byRule({
              viewed: sql`f."viewedAt" is not null`,
              watched: sql`f.watched`,
              marked: sql`false`,
            })} end as completed
        from unnest(${marks.map((mark) => mark.lessonId)}::text[], ${marks.map((mark) => mark.position?.toString() ?? null)}::int[],
          ${marks.map((mark) => mark.completed?.toString() ?? null)}::boolean[], ${marks.map((mark) => String(mark.viewed ?? false))}::boolean[],
          ${marks.map((mark) => multirange(mark.watched))}::text[]) as k("lessonId", position, completed, viewed, watched)
        join "Lesson" l on l.id = k."lessonId" and l."deletedAt" is null
        join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
        left join "LessonProgress" o on o."tenantId" = l."tenantId" and o."enrollmentId" = ${enrollmentId} and o."lessonId" = l.id
        cross join lateral (
          select coalesce(o.watched, '{}') + coalesce(k.watched::int4multirange, '{}')
              * int4multirange(int4range(0, greatest(coalesce(l.duration, 86400), 0))) as watched,
            coalesce(o."viewedAt", case when k.viewed then now() end) as "viewedAt"
        ) f
        where l."tenantId" = ${db.tenantId} and m."courseId" = ${courseId}
      ), written as (
        insert into "LessonProgress" ("tenantId", "enrollmentId", "userId", "lessonId", "lastPosition", watched, "viewedAt", completed, "completedAt")
        select ${db.tenantId}, ${enrollmentId}, ${userId}, w."lessonId", coalesce(w.position, w."lastPosition", 0), w.watched, w."viewedAt",
          w.completed, case when w.completed then coalesce(w."completedAt", now()) end
        from wanted w where w.open
        on conflict ("tenantId", "enrollmentId", "lessonId") do update set "lastPosition" = excluded."lastPosition",
          watched = excluded.watched, "viewedAt" = excluded."viewedAt",
          completed = excluded.completed, "completedAt" = excluded."completedAt", "updatedAt" = now()
        returning "lessonId"
      )
      select w."lessonId", w.completed and not w."wasCompleted" as "isNew", w.open from wanted w`,
  )
}

/**
 * Records what a learner did in some lessons of a course, and the enrollment's progress with it.
 * The enrollment is locked first: two lessons completed at the same moment would otherwise each be summed up
 * without the other. If a lesson is named twice the last mark counts.
 * @throws AppError 'not_found' when the person isn't enrolled or a lesson is none of the course's, 'forbidden' when one
 *   isn't open to the learner yet
 */
export async function recordLessonProgress(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string; marks: readonly LessonMark[] }>,
): Promise<Recorded> {
  const { userId, courseId, marks } = input
  const enrollment = await oneRow<{ id: string; completedAt: Date | null }>(
    db,
    sql`select e.id, e."completedAt" from "Enrollment" e
      join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null
      where e."tenantId" = ${db.tenantId} and e."userId" = ${userId} and e."courseId" = ${courseId} for no key update of e`,
    'enrollment',
  )
  const last = [...new Map(marks.map((mark) => [mark.lessonId, mark])).values()]
  const written = await writeMarks(db, { userId, courseId, enrollmentId: enrollment.id, marks: last })
  if (written.length !== last.length) throw new AppError('not_found', 'A lesson is none of the course’s.')
  if (!written.every(({ open }) => open)) throw new AppError('forbidden', 'A lesson isn’t open yet.')
  const totals = await oneRow<Totals>(
    db,
    recompute(db, courseId, sql`and e.id = ${enrollment.id}`),
    'enrollment',
  )
  return {
    progress: totals.progress,
    completedAt: totals.completedAt,
    newlyCompleted: written.filter(({ isNew }) => isNew).map(({ lessonId }) => lessonId),
    courseCompleted: totals.completedAt !== null && enrollment.completedAt === null,
  }
}

/**
 * Applies a lesson's rule, after it was changed, to everybody who opened the lesson, and brings their course's progress
 * up to date. Who completed it by the rule of before keeps that. @returns how many enrollments the course has
 */
export async function recompleteLesson(
  db: TenantDb,
  input: Readonly<{ courseId: string; lessonId: string }>,
): Promise<number> {
  await holdEnrollments(db, input.courseId)
  await affected(
    db,
    sql`update "LessonProgress" p set completed = true, "completedAt" = now()
      from "Lesson" l
      where p."tenantId" = ${db.tenantId} and p."lessonId" = ${input.lessonId} and not p.completed
        and l."tenantId" = p."tenantId" and l.id = p."lessonId"
        and ${byRule({ viewed: sql`p."viewedAt" is not null`, watched: sql`p.watched`, marked: sql`false` })}`,
  )
  return recomputeAll(db, input.courseId)
}

/** Locks the enrollments of a course, in one order, so that nobody is summed up without what is written meanwhile. */
async function holdEnrollments(db: TenantDb, courseId: string): Promise<void> {
  await rows(
    db,
    sql`select id from "Enrollment" where "tenantId" = ${db.tenantId} and "courseId" = ${courseId} order by id for no key update`,
  )
}

/**
 * Brings progress of everybody enrolled in a course up to date; due in the same transaction that added or removed
 * lessons. Locks the enrollments, in one order, for the same reason as above.
 * @returns how many enrollments there are
 */
export async function recomputeCourseProgress(db: TenantDb, courseId: string): Promise<number> {
  await holdEnrollments(db, courseId)
  return recomputeAll(db, courseId)
}

export type LessonProgressRow = {
  lessonId: string
  completed: boolean
  /** Seconds. */
  lastPosition: number
  /** Seconds of the film that were played. */
  watchedSeconds: number
  completedAt: Date | null
}

/** What a person did in the lessons of a course, a row a lesson they opened. One statement. */
export async function listLessonProgress(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string }>,
): Promise<LessonProgressRow[]> {
  return rows<LessonProgressRow>(
    db,
    sql`select p."lessonId", p.completed, p."lastPosition", p."completedAt", ${secondsOf(sql`p.watched`)}::int as "watchedSeconds"
      from "LessonProgress" p
      join "Enrollment" e on e."tenantId" = p."tenantId" and e.id = p."enrollmentId"
      join "Lesson" l on l."tenantId" = p."tenantId" and l.id = p."lessonId" and l."deletedAt" is null
      join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
      where p."tenantId" = ${db.tenantId} and e."userId" = ${input.userId} and e."courseId" = ${input.courseId}
      order by m."order", m.id, l."order", l.id`,
  )
}
