import 'server-only'
import { closeAttempts, lockAttempts, overdueExams } from '#lib/db/queries/exam-closing'
import type { TenantDb } from '#lib/db/tenant'
import { gradeAttempts } from './grade-attempts'

/**
 * Ends and grades a person's attempts whose time is up (`examId` null: at any exam). Whoever reads a person's attempts
 * calls it first, so that what they see is right also while no worker runs. One statement when there is none.
 * @returns how many were ended
 */
export async function closeOverdue(
  db: TenantDb,
  { userId, examId }: Readonly<{ userId: string; examId: string | null }>,
): Promise<number> {
  let closed = 0
  const sitters = (await overdueExams(db, { userId, examId })).map((exam) => ({ examId: exam, userId }))
  for (const sitter of sitters) {
    const attempts = await lockAttempts(db, sitter)
    const due = attempts.filter(({ overdue }) => overdue).map(({ id }) => id)
    closed += await closeAttempts(db, due, 'DEADLINE')
  }
  if (closed > 0) await gradeAttempts(db, sitters, new Date())
  return closed
}
