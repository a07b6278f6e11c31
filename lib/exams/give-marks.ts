import 'server-only'
import {
  getAttemptDetail,
  type MarkJson,
  marksOfAttempt,
  nextWaiting,
  writeMark,
  writeScore,
} from '#lib/db/queries/exam-attempt-detail'
import { lockSat } from '#lib/db/queries/exam-marking'
import { attemptOwner } from '#lib/db/queries/exam-grades'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { MarkForm, OtherMark, QuestionToGrade } from './contract/grading'
import { examToGrade, type Graded } from './grader'
import { settleScores } from './grade-attempts'
import { questionsToGrade } from './load-attempt'
import { markViewOf } from './question-view'
import { Points } from './rules/decimal'
import { totalOf } from './rules/grading'
import { tellScores } from './tell-scores'

type Wanted = Readonly<{ points: string | null; maxPoints: string; byHand: boolean; comment: string | null }>

/** What the form asks for. Empty points give a mark back: to the machine, or to those that wait. */
function wantedOf(question: QuestionToGrade, form: MarkForm, locale: string): Wanted {
  const t = translator(locale, 'examGrade.faults')
  const mark = question.mark
  if (mark === null) throw new AppError('conflict', 'The attempt has no points yet.')
  const comment = form.comment === '' ? null : form.comment
  if (form.points === null) {
    const machine = question.gone ? { points: mark.points, maxPoints: mark.maxPoints } : question.machine
    return { points: machine.points, maxPoints: machine.maxPoints, byHand: false, comment }
  }
  const most = new Points(mark.maxPoints)
  if (new Points(form.points).gt(most)) {
    const fields = { points: t('tooMany', { max: Number(mark.maxPoints) }) }
    throw new AppError('invalid_input', 'More points than the question has.', { fields })
  }
  if (!question.needsPerson && comment === null) {
    const fields = { comment: t('reason') }
    throw new AppError('invalid_input', 'Points by hand in place of the machine’s need a reason.', { fields })
  }
  return { points: form.points, maxPoints: mark.maxPoints, byHand: true, comment }
}

const samePoints = (one: string | null, other: string | null): boolean =>
  one === null || other === null ? one === other : new Points(one).eq(other)

/** Whether a mark is already what somebody asks for: a second press finds what the first one made. */
function isAlready(mark: MarkJson, wanted: Wanted, graderId: string): boolean {
  return (
    mark.graderId === graderId &&
    mark.byHand === wanted.byHand &&
    samePoints(mark.points, wanted.points) &&
    (mark.comment ?? '') === (wanted.comment ?? '')
  )
}

export type Marked = Readonly<{
  changed: boolean
  before: { points: string | null; comment: string | null }
  after: { points: string | null; comment: string | null }
  /** Milliseconds since 1970. */
  at: number
  /** What waits next: in the same attempt, or an attempt. */
  next: Readonly<{ attemptId: string; questionId: string | null }> | null
}>

async function nextOf(
  db: TenantDb,
  form: MarkForm,
  questions: readonly QuestionToGrade[],
): Promise<Marked['next']> {
  const { examId, attemptId, questionId, along } = form
  if (along === 'attempt') {
    const place = questions.findIndex(({ id }) => id === questionId)
    const order = [...questions.slice(place + 1), ...questions.slice(0, Math.max(0, place))]
    const waiting = order.find(({ mark }) => mark !== null && mark.points === null)
    if (waiting !== undefined) return { attemptId, questionId: waiting.id }
  }
  const other = await nextWaiting(db, {
    ...{ examId, after: attemptId },
    questionId: along === 'question' ? questionId : null,
  })
  return other === null ? null : { attemptId: other, questionId: null }
}

async function settle(
  db: TenantDb,
  form: MarkForm,
  { userId, before }: Readonly<{ userId: string; before: string | null }>,
): Promise<void> {
  const { examId, attemptId } = form
  const total = totalOf(await marksOfAttempt(db, attemptId))
  await writeScore(db, { attemptId, ...total })
  await settleScores(db, { sitters: [{ examId, userId }], graded: [attemptId], now: new Date() })
  await tellScores(db, { examId, scores: [{ userId, before, after: total.score }] })
}

/**
 * Gives an answer its points by hand, or takes that back; the attempt's score, which attempt counts and what was earned
 * follow in the same unit. Pressing twice changes nothing the second time.
 * @throws AppError 'conflict' when somebody else has changed the mark since it was `seen`, or the attempt runs;
 *   'not_found', 'forbidden', 'invalid_input'
 */
export async function giveMark(
  db: TenantDb,
  input: Omit<Graded, 'courseId' | 'examId'> & Readonly<{ form: MarkForm; locale: string }>,
): Promise<Marked> {
  const { by, timeZone, form, locale } = input
  const { courseId, examId, attemptId, questionId, seen } = form
  await examToGrade(db, { courseId, examId, by, timeZone })
  const { userId } = await attemptOwner(db, { examId, attemptId })
  await lockSat(db, [{ examId, userId }])
  // A statement of its own, so that it sees what the lock was waiting for.
  const detail = await getAttemptDetail(db, { examId, attemptId })
  if (detail.submittedAt === null) throw new AppError('conflict', 'The attempt still runs.')
  const questions = await questionsToGrade(db, detail)
  const question = questions.find(({ id }) => id === questionId)
  const mark = detail.marks.find((one) => one.questionId === questionId)
  if (question === undefined || mark === undefined) throw new AppError('not_found', 'No such question.')
  const wanted = wantedOf(question, form, locale)
  const next = await nextOf(db, form, questions)
  const done = {
    before: { points: mark.points, comment: mark.comment },
    after: { points: wanted.points, comment: wanted.comment },
    next,
  }
  if (isAlready(mark, wanted, by.userId)) return { ...done, changed: false, at: Date.parse(mark.updatedAt) }
  const written = await writeMark(db, { ...wanted, attemptId, questionId, seen, graderId: by.userId })
  if (written === null) throw new AppError('conflict', 'Somebody else has graded this answer.')
  await settle(db, form, { userId, before: detail.score })
  return { ...done, changed: true, at: written.getTime() }
}

/** A mark as it is now, for a form that has fallen behind. @throws AppError 'not_found', 'forbidden' */
export async function readMark(
  db: TenantDb,
  input: Graded & Readonly<{ attemptId: string; questionId: string }>,
): Promise<OtherMark> {
  const { examId, attemptId, questionId } = input
  await examToGrade(db, input)
  await attemptOwner(db, { examId, attemptId })
  const mark = (await marksOfAttempt(db, attemptId)).find((one) => one.questionId === questionId)
  if (mark === undefined) throw new AppError('not_found', 'There is no such mark.')
  const { points, comment, graderName, updatedAt } = markViewOf(mark)
  return { points, comment, graderName, updatedAt }
}
