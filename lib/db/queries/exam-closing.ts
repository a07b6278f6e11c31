import 'server-only'
import { rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { GRACE, momentOr } from './answers'

/**
 * Ending attempts. Each is locked by one statement and ended by the next: answers that were on their way when the lock
 * was asked for are committed by then, and only a statement that begins afterwards sees them all.
 */

export type LockedAttempt = {
  id: string
  number: number
  submittedAt: Date | null
  /** Running, and past its deadline and grace. */
  overdue: boolean
  /** When the lock was asked for: who had to wait for it is not late because of that. */
  askedAt: Date
}

/** All attempts of a person at an exam, locked in the order that everybody locks them in. */
export async function lockAttempts(
  db: TenantDb,
  { examId, userId }: Readonly<{ examId: string; userId: string }>,
): Promise<LockedAttempt[]> {
  return rows<LockedAttempt>(
    db,
    sql`select a.id, a.number, a."submittedAt",
        a."submittedAt" is null and a."deadlineAt" + ${GRACE} <= statement_timestamp() as overdue,
        statement_timestamp() as "askedAt"
      from "ExamAttempt" a
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a."userId" = ${userId}
      order by a.number for no key update`,
  )
}

/** Attempts whose time is up, the longest overdue first, locked; those that somebody else has are left to them. */
export async function lockDue(db: TenantDb, limit: number): Promise<string[]> {
  const due = await rows<{ id: string }>(
    db,
    sql`select a.id from "ExamAttempt" a
      where a."tenantId" = ${db.tenantId} and a."submittedAt" is null and a."deadlineAt" + ${GRACE} <= statement_timestamp()
      order by a."deadlineAt" limit ${limit} for no key update skip locked`,
  )
  return due.map(({ id }) => id)
}

/**
 * Ends attempts that the transaction has locked, and freezes their answers. What is ended at or after its deadline
 * was ended by it, and then; since nobody asked for that, the audit log is told here. Which attempt counts is settled
 * when it is graded.
 * @param at the moment by which they are judged; left out: now
 * @returns how many were ended
 */
export async function closeAttempts(
  db: TenantDb,
  ids: readonly string[],
  by: 'LEARNER' | 'INSTRUCTOR' | 'DEADLINE',
  at: Date | null = null,
): Promise<number> {
  if (ids.length === 0) return 0
  const moment = momentOr(at)
  const closed = await rows(
    db,
    sql`with closed as (update "ExamAttempt" a set counts = false,
        "submittedAt" = greatest(a."startedAt", least(date_trunc('milliseconds', ${moment}), a."deadlineAt")),
        "endedBy" = (case when a."deadlineAt" + ${GRACE} <= ${moment} then 'DEADLINE' else ${by}::text end)::"AttemptEnd",
        answers = jsonb_build_object('version', 1, 'answers', coalesce((
          select jsonb_object_agg(s."questionId", jsonb_build_object('value', s.value, 'sequence', s.sequence,
            'savedAt', to_char(s."savedAt" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
          from "ExamAnswer" s where s."tenantId" = a."tenantId" and s."attemptId" = a.id), '{}'::jsonb))
      where a."tenantId" = ${db.tenantId} and a.id = any(${ids}::text[]) and a."submittedAt" is null
      returning a."tenantId", a.id, a."userId", a."endedBy", a."deadlineAt"),
      noted as (insert into "AuditLog" ("tenantId", "actorId", action, "targetType", "targetId", after)
        select c."tenantId", null, 'exam.time-up', 'ExamAttempt', c.id,
          jsonb_build_object('userId', c."userId", 'deadlineAt', c."deadlineAt")
        from closed c where c."tenantId" = ${db.tenantId} and c."endedBy" = 'DEADLINE')
      select c.id from closed c where c."tenantId" = ${db.tenantId}`,
  )
  return closed.length
}

/** Whether a person has attempts whose time is up; null as `examId`: at any exam. @returns the exams */
export async function overdueExams(
  db: TenantDb,
  { userId, examId }: Readonly<{ userId: string; examId: string | null }>,
): Promise<string[]> {
  const found = await rows<{ examId: string }>(
    db,
    sql`select distinct a."examId" from "ExamAttempt" a
      where a."tenantId" = ${db.tenantId} and a."userId" = ${userId} and (${examId}::text is null or a."examId" = ${examId})
        and a."submittedAt" is null and a."deadlineAt" + ${GRACE} <= statement_timestamp() order by 1`,
  )
  return found.map((row) => row.examId)
}
