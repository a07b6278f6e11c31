import 'server-only'
import { closeAttempts, lockAttempts } from '#lib/db/queries/exam-closing'
import { attemptOwner } from '#lib/db/queries/exam-grades'
import type { TenantDb } from '#lib/db/tenant'
import { gradeAttempts } from './grade-attempts'
import { examToGrade, type Graded } from './grader'

/**
 * Ends an attempt that runs, with what was saved, and grades it by machine. Repeating it changes nothing.
 * @returns whether it ran until now, and whose it is @throws AppError 'not_found', 'forbidden'
 */
export async function endAttempt(
  db: TenantDb,
  input: Graded & Readonly<{ attemptId: string }>,
): Promise<Readonly<{ ended: boolean; userId: string }>> {
  const { examId, attemptId } = input
  await examToGrade(db, input)
  const { userId } = await attemptOwner(db, { examId, attemptId })
  await lockAttempts(db, { examId, userId })
  const ended = (await closeAttempts(db, [attemptId], 'INSTRUCTOR')) === 1
  if (ended) await gradeAttempts(db, [{ examId, userId }], new Date())
  return { ended, userId }
}
