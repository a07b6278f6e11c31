import 'server-only'
import type { AnswerValue } from '#lib/exams/contract'
import { firstRow, type TenantDb } from '../handle'
import { sql } from '../sql'
import { oneRow } from './changes'

/** Seconds after the deadline in which an answer that was on its way is still taken. */
export const GRACE_SECONDS = 15

export const GRACE = sql`interval '1 second' * ${GRACE_SECONDS}`

export type SavedAnswer = {
  /**
   * 'saved': the value stands in the database, now or already; 'superseded': a newer one does;
   * 'closed': submitted or too late, nothing was changed; 'unknown': the exam has no such question.
   */
  outcome: 'saved' | 'superseded' | 'closed' | 'unknown'
  /** What the database holds for this question. */
  stored: { sequence: number; value: AnswerValue; savedAt: Date } | null
}

type Answer = Readonly<{
  attemptId: string
  userId: string
  questionId: string
  /** Counts up with every change a browser makes; of two the higher one wins, however they arrive. */
  sequence: number
  value: AnswerValue
}>

/** The attempt is share-locked: a submission waits for answers on their way, and none lands behind its back. */
async function upsertAnswer(db: TenantDb, answer: Answer, json: string): Promise<Date | null> {
  const { attemptId, userId, questionId, sequence } = answer
  const saved = await firstRow<{ savedAt: Date }>(
    db,
    sql`with attempt as (
        select a.id, a."versionId" from "ExamAttempt" a
        where a."tenantId" = ${db.tenantId} and a.id = ${attemptId} and a."userId" = ${userId}
          and a."submittedAt" is null and a."deadlineAt" + ${GRACE} > statement_timestamp() for share
      )
      insert into "ExamAnswer" as s ("tenantId", "attemptId", "questionId", sequence, value, "savedAt")
      select ${db.tenantId}, a.id, ${questionId}, ${sequence}, ${json}::jsonb, statement_timestamp() from attempt a
      join "ExamVersion" v on v."tenantId" = ${db.tenantId} and v.id = a."versionId"
        and v.questions @> jsonb_build_array(jsonb_build_object('id', ${questionId}::text))
      on conflict ("tenantId", "attemptId", "questionId") do update
        set sequence = excluded.sequence, value = excluded.value, "savedAt" = excluded."savedAt"
        where s.sequence < excluded.sequence
      returning s."savedAt"`,
  )
  return saved?.savedAt ?? null
}

type State = {
  open: boolean
  known: boolean
  same: boolean | null
  sequence: number | null
  value: AnswerValue | null
  savedAt: Date | null
}

/**
 * Saves one answer; may be repeated, doubled and reordered on its way without harm. One statement when it is new.
 * @throws AppError 'not_found' when the attempt is none of this person's
 */
export async function saveAnswer(db: TenantDb, answer: Answer): Promise<SavedAnswer> {
  const { attemptId, userId, questionId, sequence, value } = answer
  const json = JSON.stringify(value)
  const savedAt = await upsertAnswer(db, answer, json)
  if (savedAt !== null) return { outcome: 'saved', stored: { sequence, value, savedAt } }
  const state = await oneRow<State>(
    db,
    sql`select s.sequence, s.value, s."savedAt", s.sequence = ${sequence}::int and s.value = ${json}::jsonb as same,
        a."submittedAt" is null and a."deadlineAt" + ${GRACE} > statement_timestamp() as open,
        v.questions @> jsonb_build_array(jsonb_build_object('id', ${questionId}::text)) as known
      from "ExamAttempt" a
      join "ExamVersion" v on v."tenantId" = a."tenantId" and v.id = a."versionId"
      left join "ExamAnswer" s on s."tenantId" = a."tenantId" and s."attemptId" = a.id and s."questionId" = ${questionId}
      where a."tenantId" = ${db.tenantId} and a.id = ${attemptId} and a."userId" = ${userId}`,
    'attempt',
  )
  const { value: held, sequence: heldSequence, savedAt: heldSince } = state
  const stored =
    held === null || heldSequence === null || heldSince === null
      ? null
      : { sequence: heldSequence, value: held, savedAt: heldSince }
  return { outcome: outcomeOf(state), stored }
}

function outcomeOf(state: State): SavedAnswer['outcome'] {
  if (!state.known) return 'unknown'
  if (state.same === true) return 'saved'
  return state.open ? 'superseded' : 'closed'
}
