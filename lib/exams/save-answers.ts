import 'server-only'
import {
  type FittingAnswer,
  heldAnswers,
  type OwnAttempt,
  type Sitting,
  sittingOf,
  upsertAnswers,
} from '#lib/db/queries/answers'
import { recordEvents } from '#lib/db/queries/exam-events'
import { recordedKeys } from '#lib/db/queries/files'
import type { TenantDb } from '#lib/db/tenant'
import { cleanValue } from './clean-value'
import { closeOverdue } from './close-overdue'
import { type AnswerValue, answerValueSchema } from './contract'
import type { AnswerOutcome, Clock, Saved, SaveRequest, SentAnswer } from './contract/taking'
import { isFileOf } from './answer-files'
import { type Plan, planOf } from './versions'

type Fitting = FittingAnswer & Readonly<{ value: AnswerValue }>

/** Each question once, with its highest sequence. */
function newest(answers: readonly SentAnswer[]): SentAnswer[] {
  const best = new Map<string, SentAnswer>()
  for (const answer of answers) {
    const other = best.get(answer.questionId)
    if (other === undefined || other.sequence < answer.sequence) best.set(answer.questionId, answer)
  }
  return [...best.values()]
}

function filesIn(answers: readonly SentAnswer[]): string[] {
  return answers.flatMap(({ value }) => (value.type === 'file-upload' ? value.keys : []))
}

/** The answers that the attempt has a question for: of its own layout, of its type, with files of its own. */
async function fit(
  db: TenantDb,
  { attemptId }: OwnAttempt,
  plan: Plan,
  sent: readonly SentAnswer[],
): Promise<Fitting[]> {
  const named = filesIn(sent)
  const booked = new Set(named.length === 0 ? [] : await recordedKeys(db, named))
  const isOwn = (key: string, questionId: string) =>
    booked.has(key) && isFileOf(db.tenantId, { attemptId, questionId }, key)
  return newest(sent).flatMap(({ questionId, sequence, value: given }) => {
    if (plan.types.get(questionId) !== given.type) return []
    if (given.type === 'file-upload' && !given.keys.every((key) => isOwn(key, questionId))) return []
    const value = cleanValue(given)
    return [{ questionId, sequence, value, json: JSON.stringify(value) }]
  })
}

function clockOf({ now, startedAt, deadlineAt }: Sitting): Clock {
  return {
    now: now.toISOString(),
    startedAt: startedAt.toISOString(),
    deadlineAt: deadlineAt.toISOString(),
  }
}

/** What became of each: stored now, stored before, behind a newer one, or too late. */
async function outcomesOf(
  db: TenantDb,
  attemptId: string,
  input: Readonly<{
    sent: readonly SentAnswer[]
    fitting: readonly Fitting[]
    saved: ReadonlySet<string>
    open: boolean
  }>,
): Promise<AnswerOutcome[]> {
  const { sent, fitting, saved, open } = input
  const left = fitting.filter(({ questionId }) => !saved.has(questionId))
  const held = new Map((await heldAnswers(db, attemptId, left)).map((row) => [row.questionId, row]))
  const own = new Map(fitting.map((answer) => [answer.questionId, answer]))
  return [...new Set(sent.map(({ questionId }) => questionId))].map((questionId) => {
    const answer = own.get(questionId)
    if (answer === undefined) return { questionId, outcome: 'unknown', stored: null }
    const { sequence, value } = answer
    const row = held.get(questionId)
    if (saved.has(questionId) || row?.same === true)
      return { questionId, outcome: 'saved', stored: { sequence, value } }
    const stored =
      row === undefined || row.sequence === null
        ? null
        : { sequence: row.sequence, value: answerValueSchema.parse(row.value) }
    return { questionId, outcome: open ? 'superseded' : 'closed', stored }
  })
}

/**
 * Stores what was sent, in the caller's transaction. @param at when it came; null: now
 * @returns a `sitting` where the attempt still took answers
 */
export async function storeAnswers(
  db: TenantDb,
  own: OwnAttempt,
  { answers: sent, events }: Pick<SaveRequest, 'answers' | 'events'>,
  at: Date | null = null,
): Promise<{ answers: AnswerOutcome[]; sitting: Sitting | null }> {
  const fitting = await fit(db, own, await planOf(db, own), sent)
  const done = await upsertAnswers(db, own, fitting, at)
  if (done !== null) await recordEvents(db, own.attemptId, events)
  const saved = new Set(done?.saved)
  const answers = await outcomesOf(db, own.attemptId, { sent, fitting, saved, open: done !== null })
  return { answers, sitting: done }
}

/**
 * Saves answers and events of a running attempt, in one unit of work. What comes after the end changes nothing and is
 * told so; an attempt whose time is up is ended by the way. One statement for new answers, once a process knows the
 * attempt.
 * @throws AppError 'not_found' when the attempt is none of this person's at this exam
 */
export async function saveAnswers(db: TenantDb, userId: string, request: SaveRequest): Promise<Saved> {
  const { examId, attemptId } = request
  const own = { attemptId, examId, userId }
  const { answers, sitting } = await storeAnswers(db, own, request)
  if (sitting !== null) return { answers, clock: clockOf(sitting), submittedAt: null }
  let state = await sittingOf(db, own)
  if (state.overdue) {
    await closeOverdue(db, { userId, examId })
    state = await sittingOf(db, own)
  }
  return { answers, clock: clockOf(state), submittedAt: state.submittedAt?.toISOString() ?? null }
}
