import 'server-only'
import { AppError } from '#lib/errors'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql } from '../sql'
import { GRACE } from './answers'
import { oneRow } from './changes'
import { newestFirst } from './paging'

/**
 * Sitting an exam. All times are the database's: the clocks of web servers and browsers decide nothing.
 * `statement_timestamp()` and not `now()`, which is when the transaction began, before it waited for a lock.
 */

export type OpenAttempt = {
  id: string
  number: number
  versionId: string
  startedAt: Date
  deadlineAt: Date
  /** The database's time: a countdown runs on the difference, never on the browser's clock. */
  now: Date
  /** Whether it ran already. */
  resumed: boolean
}

/**
 * Starts an attempt at the newest version, or gives back the one that is still running: a browser that asks again
 * after a lost answer must not burn an attempt. The enrollment is locked, so that two starts take turns.
 * @throws AppError 'not_found' for an exam the person has no access to, 'conflict' outside its window or unpublished
 */
export async function startAttempt(
  db: TenantDb,
  input: Readonly<{ examId: string; userId: string }>,
): Promise<OpenAttempt> {
  const { examId, userId } = input
  await oneRow(
    db,
    sql`select e.id from "Exam" x
      join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId" and c."deletedAt" is null
      join "Enrollment" e on e."tenantId" = x."tenantId" and e."courseId" = x."courseId" and e."userId" = ${userId}
      where x."tenantId" = ${db.tenantId} and x.id = ${examId} and x."deletedAt" is null for no key update of e`,
    'exam',
  )
  // Whole milliseconds, as the columns have them: a deadline is then never rounded onto its start.
  const attempt = await firstRow<OpenAttempt>(
    db,
    sql`with clock as (
        select date_trunc('milliseconds', statement_timestamp()) as now
      ), running as (
        select a.id, a.number, a."versionId", a."startedAt", a."deadlineAt" from "ExamAttempt" a, clock
        where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a."userId" = ${userId}
          and a."submittedAt" is null and a."deadlineAt" > clock.now
        order by a.number desc limit 1
      ), version as (
        select id, duration from "ExamVersion" where "tenantId" = ${db.tenantId} and "examId" = ${examId} order by number desc limit 1
      ), made as (
        insert into "ExamAttempt" ("tenantId", "examId", "versionId", "userId", number, counts, "startedAt", "deadlineAt")
        select x."tenantId", x.id, v.id, ${userId},
          1 + coalesce((select max(number) from "ExamAttempt" a
            where a."tenantId" = x."tenantId" and a."examId" = x.id and a."userId" = ${userId}), 0),
          false, clock.now, least(clock.now + v.duration * interval '1 minute', x."endDate")
        from "Exam" x cross join version v cross join clock
        where x."tenantId" = ${db.tenantId} and x.id = ${examId} and not exists (select from running)
          and (x."startDate" is null or x."startDate" <= clock.now) and (x."endDate" is null or x."endDate" > clock.now)
        returning id, number, "versionId", "startedAt", "deadlineAt"
      )
      select made.*, clock.now, false as resumed from made, clock
      union all select running.*, clock.now, true from running, clock`,
  )
  if (attempt === null) throw new AppError('conflict', 'The exam can’t be started now.')
  return attempt
}

export type Submission = { submittedAt: Date; counts: boolean; answers: number; already: boolean }

/**
 * Ends an attempt and freezes its answers. Repeating it changes nothing. It may come late: the attempt then ends
 * at its deadline and grace, after which no answer was taken. Of a person's submitted attempts the newest counts.
 * @throws AppError 'not_found' when the attempt is none of this person's
 */
export async function submitAttempt(
  db: TenantDb,
  input: Readonly<{ attemptId: string; userId: string }>,
): Promise<Submission> {
  const { attemptId, userId } = input
  // All attempts of the person at the exam, in one order: two submissions at once would both want to count.
  const attempts = await rows<{ id: string; submitted: boolean }>(
    db,
    sql`select a.id, a."submittedAt" is not null as submitted from "ExamAttempt" a
      where a."tenantId" = ${db.tenantId} and a."userId" = ${userId} and a."examId" = (
        select w."examId" from "ExamAttempt" w where w."tenantId" = ${db.tenantId} and w.id = ${attemptId} and w."userId" = ${userId})
      order by a.number for update`,
  )
  const at = attempts.findIndex((attempt) => attempt.id === attemptId)
  if (at === -1) throw new AppError('not_found', 'There is no such attempt.')
  const already = attempts[at]?.submitted === true
  if (!already) await close(db, attemptId, attempts, !attempts.slice(at + 1).some((later) => later.submitted))
  const result = await oneRow<Omit<Submission, 'already'>>(
    db,
    sql`select "submittedAt", counts, (select count(*)::int from jsonb_object_keys(answers->'answers')) as answers
      from "ExamAttempt" where "tenantId" = ${db.tenantId} and id = ${attemptId}`,
    'attempt',
  )
  return { ...result, already }
}

async function close(
  db: TenantDb,
  attemptId: string,
  attempts: readonly { id: string }[],
  counts: boolean,
): Promise<void> {
  if (counts && attempts.length > 1) {
    // Before and apart: the index that allows one to count is checked row by row.
    await affected(
      db,
      sql`update "ExamAttempt" set counts = false
        where "tenantId" = ${db.tenantId} and id = any(${attempts.map((attempt) => attempt.id)}) and counts and id <> ${attemptId}`,
    )
  }
  await affected(
    db,
    sql`update "ExamAttempt" a set counts = ${counts},
        "submittedAt" = greatest(a."startedAt", least(statement_timestamp(), a."deadlineAt" + ${GRACE})),
        answers = jsonb_build_object('version', 1, 'answers', (
          select coalesce(jsonb_object_agg(s."questionId", jsonb_build_object('value', s.value, 'sequence', s.sequence,
            'savedAt', to_char(s."savedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))), '{}'::jsonb)
          from "ExamAnswer" s where s."tenantId" = a."tenantId" and s."attemptId" = a.id))
      where a."tenantId" = ${db.tenantId} and a.id = ${attemptId} and a."submittedAt" is null`,
  )
}

export type AttemptRow = {
  id: string
  userId: string
  name: string
  number: number
  counts: boolean
  /** Points, as a decimal number in text: a float would change grades. */
  score: string | null
  startedAt: Date
  deadlineAt: Date
  submittedAt: Date | null
}

/** One page of an exam's attempts, the newest first. One statement. */
export async function listAttempts(
  db: TenantDb,
  input: Readonly<{
    examId: string
    /** Null: everybody's. */ userId: string | null
    cursor: Cursor | null
    limit: number
  }>,
): Promise<Page<AttemptRow>> {
  const { examId, userId, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`a."startedAt"`, sql`a.id`)
  const of = userId === null ? sql`` : sql`and a."userId" = ${userId}`
  const found = await rows<AttemptRow>(
    db,
    sql`select a.id, a."userId", u.name, a.number, a.counts, a.score::text as score, a."startedAt", a."deadlineAt", a."submittedAt"
      from "ExamAttempt" a
      join "Exam" x on x."tenantId" = a."tenantId" and x.id = a."examId" and x."deletedAt" is null
      join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId" and u."deletedAt" is null
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} ${of} ${where}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.startedAt)
}
