import 'server-only'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { newestTo } from './insight-course'

/** Numbers of large courses and schools as they were at a moment (docs/decisions/0025-insight.md). */

type Of = Readonly<{ courseId: string }>

export type NewCourseReport = Of &
  Readonly<{
    enrolled: number
    started: number
    completed: number
    pace: number | null
    paced: number
    looked: number
    learning: number
    counts: Readonly<Record<string, number>>
    /** People by lesson. */
    stopped: Readonly<Record<string, number>>
    /** Handed in, waiting for less than three days, for less than seven, longer, since when: by exam and assignment. */
    waiting: Readonly<Record<string, readonly [number, number, number, number, Date | null]>>
  }>

/** Writes what a course's numbers are now in place of what they were. One statement. */
export async function saveCourseReport(db: TenantDb, report: NewCourseReport): Promise<void> {
  const { courseId, enrolled, started, completed, pace, paced, looked, learning } = report
  await affected(
    db,
    sql`insert into "CourseReport" ("tenantId", "courseId", "madeAt", enrolled, started, completed, pace, paced, looked, learning,
        counts, stopped, waiting)
      values (${db.tenantId}, ${courseId}, now(), ${enrolled}, ${started}, ${completed}, ${pace}, ${paced}, ${looked}, ${learning},
        ${JSON.stringify(report.counts)}::jsonb, ${JSON.stringify(report.stopped)}::jsonb, ${JSON.stringify(report.waiting)}::jsonb)
      on conflict ("tenantId", "courseId") do update set "madeAt" = excluded."madeAt", enrolled = excluded.enrolled,
        started = excluded.started, completed = excluded.completed, pace = excluded.pace, paced = excluded.paced,
        looked = excluded.looked, learning = excluded.learning, counts = excluded.counts,
        stopped = excluded.stopped, waiting = excluded.waiting`,
  )
}

export type NewWarning = Readonly<{
  userId: string
  kinds: readonly string[]
  signals: readonly unknown[]
}>

/**
 * Puts who gives a signal in place of who gave one. Rows that say the same as before aren't written. Two statements.
 * @param input.warnings whoever needs somebody most first
 */
export async function replaceWarnings(
  db: TenantDb,
  { courseId, warnings }: Of & Readonly<{ warnings: readonly NewWarning[] }>,
): Promise<void> {
  await affected(
    db,
    sql`delete from "CourseWarning" where "tenantId" = ${db.tenantId} and "courseId" = ${courseId}
      and "userId" <> all(${warnings.map(({ userId }) => userId)}::text[])`,
  )
  await affected(
    db,
    sql`insert into "CourseWarning" as w ("tenantId", "courseId", "enrollmentId", "userId", place, kinds, signals)
      select ${db.tenantId}, ${courseId}, e.id, e."userId", n.place, array(select jsonb_array_elements_text(n.kinds)), n.signals
      from (select (o.value->>'userId') as "userId", o.value->'kinds' as kinds, o.value->'signals' as signals, o.ordinality::int as place
        from jsonb_array_elements(${JSON.stringify(warnings)}::jsonb) with ordinality o) n
      join "Enrollment" e on e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId} and e."userId" = n."userId"
      on conflict ("tenantId", "enrollmentId", "userId") do update
        set place = excluded.place, kinds = excluded.kinds, signals = excluded.signals
        where (w.place, w.kinds, w.signals) is distinct from (excluded.place, excluded.kinds, excluded.signals)`,
  )
}

export type WarningRow = {
  userId: string
  name: string
  progress: number
  signals: unknown
  /** The newest message to them about the course. */
  writtenAt: Date | null
  writtenBy: string | null
}

/**
 * One page of those whom a course's report names; nobody who has finished, left or is gone since. One statement.
 * @param input.signal null: whatever they give
 */
export async function listReportedWarnings(
  db: TenantDb,
  input: Of & Readonly<{ signal: string | null; limit: number; offset: number }>,
): Promise<WarningRow[]> {
  const { courseId, signal, limit, offset } = input
  const kind = signal === null ? sql`` : sql`and ${signal} = any(w.kinds)`
  return rows<WarningRow>(
    db,
    sql`select x."userId", x.name, x.progress, x.signals, m.at as "writtenAt", m.by as "writtenBy" from (
        select w."userId", u.name, e.progress, w.signals, w.place from "CourseWarning" w
        join "Enrollment" e on e."tenantId" = ${db.tenantId} and e.id = w."enrollmentId" and e."completedAt" is null
        join "User" u on u."tenantId" = ${db.tenantId} and u.id = w."userId" and u."deletedAt" is null and u."disabledAt" is null
        where w."tenantId" = ${db.tenantId} and w."courseId" = ${courseId} ${kind}
        order by w.place limit ${limit} offset ${offset}
      ) x
      left join lateral (${newestTo(db, { courseId })}) m on true
      order by x.place`,
  )
}

export type NewSchoolReport = Readonly<{
  people: number
  enrollments: number
  completed: number
  weeks: unknown
}>

/** Writes what a school's numbers are now in place of what they were. One statement. */
export async function saveSchoolReport(db: TenantDb, report: NewSchoolReport): Promise<void> {
  const { people, enrollments, completed, weeks } = report
  await affected(
    db,
    sql`insert into "SchoolReport" ("tenantId", "madeAt", people, enrollments, completed, weeks)
      values (${db.tenantId}, now(), ${people}, ${enrollments}, ${completed}, ${JSON.stringify(weeks)}::jsonb)
      on conflict ("tenantId") do update set "madeAt" = excluded."madeAt", people = excluded.people,
        enrollments = excluded.enrollments, completed = excluded.completed, weeks = excluded.weeks`,
  )
}

/** Whether a course may have a report made: it is there and wasn't deleted. One statement. */
export async function hasCourse(db: TenantDb, { courseId }: Of): Promise<boolean> {
  const row = await firstRow<{ is: boolean }>(
    db,
    sql`select true as is from "Course" where "tenantId" = ${db.tenantId} and id = ${courseId} and "deletedAt" is null`,
  )
  return row !== null
}
