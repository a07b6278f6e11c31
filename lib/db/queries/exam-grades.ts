import 'server-only'
import type { AttemptState, StateCounts } from '#lib/exams/contract/grading'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { likePattern, sql, type Statement } from '../sql'
import { oneRow, TOUCH } from './changes'
import { newestFirst } from './paging'

/** Attempts and marks as those who grade see them. Whether the course is theirs has been asked before. */

export type GradedExam = {
  id: string
  title: string
  publishedAt: Date | null
  releasedAt: Date | null
  startDate: Date | null
  endDate: Date | null
  /** IANA: the course's, or else the school's. */
  timeZone: string
  /** The database's time. */
  now: Date
  /** Whether the working copy is another than the newest version. */
  changed: boolean
  /** The newest version; null before the first. */
  versionId: string | null
  version: number | null
}

/** An exam of a course with its newest version. One statement. @throws AppError 'not_found', also for another course's */
export async function getGradedExam(
  db: TenantDb,
  input: Readonly<{ courseId: string; examId: string; timeZone: string; lock?: boolean }>,
): Promise<GradedExam> {
  const { courseId, examId, timeZone, lock = false } = input
  return oneRow<GradedExam>(
    db,
    sql`select x.id, x.title, x."publishedAt", x."releasedAt", x."startDate", x."endDate",
        coalesce(c."timeZone", ${timeZone}) as "timeZone", statement_timestamp() as now, v.id as "versionId", v.number as version,
        coalesce(v.duration <> x.duration or v.questions <> x.questions or v.settings <> x.settings, false) as changed
      from "Exam" x
      join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId" and c."deletedAt" is null
      left join lateral (select v.id, v.number, v.duration, v.questions, v.settings from "ExamVersion" v
        where v."tenantId" = x."tenantId" and v."examId" = x.id order by v.number desc limit 1) v on true
      where x."tenantId" = ${db.tenantId} and x.id = ${examId} and x."courseId" = ${courseId} and x."deletedAt" is null
      ${lock ? sql`for no key update of x` : sql``}`,
    'exam',
  )
}

/** Of enrollments `e`: those without an attempt at the exam. */
function notBegun(db: TenantDb, examId: string): Statement {
  return sql`and not exists (select from "ExamAttempt" b
    where b."tenantId" = ${db.tenantId} and b."examId" = ${examId} and b."userId" = e."userId")`
}

/**
 * Ids of the versions of an exam whose keys could give other points than those of the given one: another text of the
 * settings for learners, say, changes no points.
 */
export function otherKeys(db: TenantDb, examId: string, versionId: string | Statement | null): Statement {
  const differs = (name: 'negativePercent' | 'voided', plain: string) =>
    sql`coalesce(g.settings -> ${name}::text, ${plain}::jsonb) <> coalesce(n.settings -> ${name}::text, ${plain}::jsonb)`
  return sql`(select g.id from "ExamVersion" g
    join "ExamVersion" n on n."tenantId" = g."tenantId" and n."examId" = g."examId" and n.id = ${versionId}
    where g."tenantId" = ${db.tenantId} and g."examId" = ${examId}
      and (g.questions <> n.questions or ${differs('negativePercent', '0')} or ${differs('voided', '{}')}))`
}

type Of = Readonly<{ courseId: string; examId: string; versionId: string | null }>

/** How many attempts are in which state, and how many older keys graded. One statement. */
export async function countStates(db: TenantDb, input: Of): Promise<StateCounts> {
  const counts = await firstRow<StateCounts & { none: number }>(
    db,
    sql`select count(*) filter (where a."submittedAt" is null)::int as running,
        count(*) filter (where a."submittedAt" is not null and a.score is null)::int as waiting,
        count(*) filter (where a.score is not null and a."submittedAt" is not null)::int as graded,
        count(*) filter (where a."maxScore" is not null and a."submittedAt" is not null
          and a."gradedVersionId" in ${otherKeys(db, input.examId, input.versionId)})::int as behind,
        (select count(*)::int from "Enrollment" e
          join "User" i on i."tenantId" = e."tenantId" and i.id = e."userId" and i."deletedAt" is null
          where e."tenantId" = ${db.tenantId} and e."courseId" = ${input.courseId} ${notBegun(db, input.examId)}) as none
      from "ExamAttempt" a
      join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId" and u."deletedAt" is null
      where a."tenantId" = ${db.tenantId} and a."examId" = ${input.examId}`,
  )
  return counts ?? { running: 0, waiting: 0, graded: 0, none: 0, behind: 0 }
}

export type AttemptRow = {
  id: string
  userId: string
  name: string
  email: string
  number: number
  counts: boolean
  /** Decimal text. */
  score: string | null
  maxScore: string | null
  startedAt: Date
  deadlineAt: Date
  submittedAt: Date | null
  endedBy: 'LEARNER' | 'DEADLINE' | 'INSTRUCTOR' | null
  waiting: number
}

/** Columns of an attempt `a` of a person `u`. */
function attemptColumns(db: TenantDb): Statement {
  return sql`a.id, a."userId", u.name, u.email, a.number, a.counts, a.score::text as score, a."maxScore"::text as "maxScore",
    a."startedAt", a."deadlineAt", a."submittedAt", a."endedBy", (select count(*)::int from "ExamMark" m
      where m."tenantId" = ${db.tenantId} and m."attemptId" = a.id and m.points is null) as waiting`
}

const IN_STATE: Readonly<Record<Exclude<AttemptState, 'none'>, Statement>> = {
  running: sql`and a."submittedAt" is null`,
  waiting: sql`and a."submittedAt" is not null and a.score is null`,
  graded: sql`and a."submittedAt" is not null and a.score is not null`,
}

function named(q: string): Statement {
  const pattern = likePattern(q)
  return q === '' ? sql`` : sql`and (u.name ilike ${pattern} or u.email ilike ${pattern})`
}

type Listed = Readonly<{
  examId: string
  state: Exclude<AttemptState, 'none'> | ''
  /** Part of a name or an address. */
  q: string
  cursor: Cursor | null
  limit: number
}>

/** One page of an exam's attempts, the newest first. One statement. */
export async function listToGrade(db: TenantDb, input: Listed): Promise<Page<AttemptRow>> {
  const { examId, state, q, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`a."startedAt"`, sql`a.id`)
  const found = await rows<AttemptRow>(
    db,
    sql`select ${attemptColumns(db)} from "ExamAttempt" a
      join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId" and u."deletedAt" is null
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} ${state === '' ? sql`` : IN_STATE[state]} ${named(q)} ${where}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.startedAt)
}

export type IdleRow = { id: string; name: string; email: string; enrolledAt: Date }

/** One page of those who haven't started, the last enrolled first. `id` is the person's. */
export async function listIdle(
  db: TenantDb,
  input: Readonly<{ courseId: string; examId: string; q: string; cursor: Cursor | null; limit: number }>,
): Promise<Page<IdleRow>> {
  const { courseId, examId, q, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`e."enrolledAt"`, sql`e."userId"`)
  const found = await rows<IdleRow>(
    db,
    sql`select e."userId" as id, u.name, u.email, e."enrolledAt" from "Enrollment" e
      join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null
      where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId} ${notBegun(db, examId)} ${named(q)} ${where}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.enrolledAt)
}

/** All attempts of an exam for a file, by name and number, `limit` at most. */
export async function allResults(db: TenantDb, examId: string, limit: number): Promise<AttemptRow[]> {
  return rows<AttemptRow>(
    db,
    sql`select ${attemptColumns(db)} from "ExamAttempt" a
      join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId" and u."deletedAt" is null
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} order by u.name, u.id, a.number limit ${limit}`,
  )
}

/** Ids of questions that have answers without points, and how many. */
export async function countPiles(db: TenantDb, examId: string): Promise<{ id: string; waiting: number }[]> {
  return rows(
    db,
    sql`select m."questionId" as id, count(*)::int as waiting from "ExamAttempt" a
      join "ExamMark" m on m."tenantId" = a."tenantId" and m."attemptId" = a.id and m.points is null
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a."submittedAt" is not null and a.score is null
      group by 1`,
  )
}

/** Sets or clears when results were released. @returns whether that changed anything */
export async function setReleased(db: TenantDb, examId: string, released: boolean): Promise<boolean> {
  const changed = await affected(
    db,
    sql`update "Exam" set "releasedAt" = case when ${released} then statement_timestamp() end, ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${examId} and ("releasedAt" is not null) <> ${released}`,
  )
  return changed === 1
}

/** Whose an attempt at an exam is. @throws AppError 'not_found', also for another exam's */
export async function attemptOwner(
  db: TenantDb,
  { examId, attemptId }: Readonly<{ examId: string; attemptId: string }>,
): Promise<{ userId: string; submittedAt: Date | null }> {
  return oneRow(
    db,
    sql`select a."userId", a."submittedAt" from "ExamAttempt" a
      where a."tenantId" = ${db.tenantId} and a.id = ${attemptId} and a."examId" = ${examId}`,
    'attempt',
  )
}
