import 'server-only'
import { sittingOf } from '#lib/db/queries/answers'
import { closeAttempts, lockAttempts } from '#lib/db/queries/exam-closing'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import type { Submitted, SubmitRequest } from './contract/taking'
import { gradeAttempts } from './grade-attempts'
import { storeAnswers } from './save-answers'

type Input = Readonly<{
  userId: string
  request: SubmitRequest
  /** Writes the log, in the unit that hands in. */
  record: (db: TenantDb, done: Readonly<{ answers: number; late: boolean }>) => Promise<void>
}>

/**
 * Hands an attempt in with what came along, grades it and settles which attempt counts, in one unit of work. Repeating it
 * changes nothing. One that comes after the deadline and its grace ends the attempt as the deadline did, with what had
 * been saved by then.
 * @throws AppError 'not_found' when the attempt is none of this person's at this exam
 */
export async function submitAttempt(db: TenantDb, { userId, request, record }: Input): Promise<Submitted> {
  const { attemptId, examId } = request
  const attempt = (await lockAttempts(db, { examId, userId })).find(({ id }) => id === attemptId)
  if (attempt === undefined) throw new AppError('not_found', 'There is no such attempt of this person’s.')
  const own = { attemptId, examId, userId }
  const { answers } = await storeAnswers(db, own, request, attempt.askedAt)
  const already = attempt.submittedAt !== null
  if (!already) {
    await closeAttempts(db, [attemptId], 'LEARNER', attempt.askedAt)
    await gradeAttempts(db, [{ examId, userId }], new Date())
    const taken = answers.filter(({ outcome }) => outcome === 'saved').length
    await record(db, { answers: taken, late: attempt.overdue })
  }
  const { submittedAt } = await sittingOf(db, own)
  if (submittedAt === null) throw new Error('An attempt that was handed in is still running.')
  return { answers, submittedAt: submittedAt.toISOString(), already }
}
