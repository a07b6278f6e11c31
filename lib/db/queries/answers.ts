import 'server-only'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'
import { oneRow } from './changes'

/** Seconds after the deadline in which an answer that was on its way is still taken. */
export const GRACE_SECONDS = 3

export const GRACE = sql`interval '1 second' * ${GRACE_SECONDS}`

/** The moment by which something is judged; null: when its statement came. */
export const momentOr = (at: Date | null): Statement =>
  sql`coalesce(${at}::timestamptz, statement_timestamp())`

/** Whose attempt, as the address and the session say. */
export type OwnAttempt = Readonly<{ attemptId: string; examId: string; userId: string }>

export type Sitting = { startedAt: Date; deadlineAt: Date; now: Date }

/** An answer whose question and type were found to be the attempt's own. `json`: the value, as it is stored. */
export type FittingAnswer = Readonly<{ questionId: string; sequence: number; json: string }>

/**
 * Saves answers; may be repeated, doubled and reordered on its way without harm: of two the higher sequence wins. One
 * statement, each question once. The attempt is share-locked: whoever ends it waits for answers on their way, and none
 * lands behind its back.
 * @param at when they came, where the caller has waited for a lock since; null: now
 * @returns null when the attempt takes no answers (any more): none was stored
 */
export async function upsertAnswers(
  db: TenantDb,
  { attemptId, examId, userId }: OwnAttempt,
  answers: readonly FittingAnswer[],
  at: Date | null,
): Promise<(Sitting & { saved: string[] }) | null> {
  return firstRow(
    db,
    sql`with attempt as (
        select a.id, a."startedAt", a."deadlineAt" from "ExamAttempt" a
        where a."tenantId" = ${db.tenantId} and a.id = ${attemptId} and a."examId" = ${examId} and a."userId" = ${userId}
          and a."submittedAt" is null and a."deadlineAt" + ${GRACE} > ${momentOr(at)} for share
      ), put as (
        insert into "ExamAnswer" as s ("tenantId", "attemptId", "questionId", sequence, value, "savedAt")
        select ${db.tenantId}, a.id, n.id, n.sequence, n.value::jsonb, date_trunc('milliseconds', ${momentOr(at)})
        from attempt a cross join unnest(${answers.map(({ questionId }) => questionId)}::text[],
          ${answers.map(({ sequence }) => sequence)}::int[], ${answers.map(({ json }) => json)}::text[]) as n(id, sequence, value)
        order by n.id
        on conflict ("tenantId", "attemptId", "questionId") do update
          set sequence = excluded.sequence, value = excluded.value, "savedAt" = excluded."savedAt"
          where s."tenantId" = ${db.tenantId} and s.sequence < excluded.sequence
        returning s."questionId"
      )
      select a."startedAt", a."deadlineAt", statement_timestamp() as now,
        coalesce((select array_agg(p."questionId") from put p), '{}') as saved from attempt a`,
  )
}

export type HeldAnswer = {
  questionId: string
  /** Null: the server holds none. */
  sequence: number | null
  value: unknown
  /** Whether it is the very answer that was sent. */
  same: boolean
}

/** What stands in the database for the questions of answers that were not stored. One statement. */
export async function heldAnswers(
  db: TenantDb,
  attemptId: string,
  answers: readonly FittingAnswer[],
): Promise<HeldAnswer[]> {
  if (answers.length === 0) return []
  return rows<HeldAnswer>(
    db,
    sql`select n.id as "questionId", s.sequence, s.value,
        coalesce(s.sequence = n.sequence and s.value = n.value::jsonb, false) as same
      from unnest(${answers.map(({ questionId }) => questionId)}::text[],
        ${answers.map(({ sequence }) => sequence)}::int[], ${answers.map(({ json }) => json)}::text[]) as n(id, sequence, value)
      left join "ExamAnswer" s on s."tenantId" = ${db.tenantId} and s."attemptId" = ${attemptId} and s."questionId" = n.id`,
  )
}

/** Where an attempt stands, running or not. @throws AppError 'not_found' when it is none of this person's */
export async function sittingOf(
  db: TenantDb,
  { attemptId, examId, userId }: OwnAttempt,
): Promise<Sitting & { submittedAt: Date | null; overdue: boolean }> {
  return oneRow(
    db,
    sql`select a."startedAt", a."deadlineAt", a."submittedAt", statement_timestamp() as now,
        a."submittedAt" is null and a."deadlineAt" + ${GRACE} <= statement_timestamp() as overdue
      from "ExamAttempt" a where a."tenantId" = ${db.tenantId} and a.id = ${attemptId}
        and a."examId" = ${examId} and a."userId" = ${userId}`,
    'attempt',
  )
}

export type AttemptPlan = { userId: string; examId: string; versionId: string; layout: unknown }

/** What of an attempt never changes. @throws AppError 'not_found' */
export async function attemptPlan(
  db: TenantDb,
  { attemptId, examId, userId }: OwnAttempt,
): Promise<AttemptPlan> {
  return oneRow(
    db,
    sql`select a."userId", a."examId", a."versionId", a.layout from "ExamAttempt" a
      where a."tenantId" = ${db.tenantId} and a.id = ${attemptId} and a."examId" = ${examId} and a."userId" = ${userId}`,
    'attempt',
  )
}
