import 'server-only'
import { setReleased } from '#lib/db/queries/exam-grades'
import type { TenantDb } from '#lib/db/tenant'
import { notify } from '#lib/notifications/notify'
import { awardSeen } from './grade-attempts'
import { examToGrade, type Graded } from './grader'

/**
 * Releases an exam's results to its learners, or takes that back. Repeating it changes nothing.
 * @returns whether it changed anything @throws AppError 'not_found', 'forbidden'
 */
export async function releaseResults(
  db: TenantDb,
  input: Graded & Readonly<{ released: boolean }>,
): Promise<boolean> {
  const exam = await examToGrade(db, { ...input, lock: true })
  const changed = await setReleased(db, exam.id, input.released)
  if (changed && input.released) {
    await notify(db, { kind: 'exam-released', id: exam.id })
    await awardSeen(db, exam.id, new Date())
  }
  return changed
}
