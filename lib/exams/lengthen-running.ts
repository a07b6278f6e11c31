import 'server-only'
import { extendDeadline, lockRunning } from '#lib/db/queries/exam-sitting'
import type { TenantDb } from '#lib/db/tenant'
import { examSettingsSchema } from './contract/settings'
import { extendedDeadline } from './rules/allowance'
import { allowanceFor } from './start-attempt'

/**
 * Gives a person's running attempts the time that their accommodations now allow; never less than they had. Call it in
 * the transaction that changes the accommodation, after the change. An attempt whose time is up is not revived.
 * @param examId null: all exams of the course
 * @returns ids of the attempts that got a later deadline
 */
export async function lengthenRunning(
  db: TenantDb,
  input: Readonly<{ courseId: string; examId: string | null; userId: string }>,
): Promise<string[]> {
  const lengthened: string[] = []
  for (const running of await lockRunning(db, input)) {
    const { id: attemptId, duration, settings, startedAt, deadlineAt } = running
    const { attempts } = examSettingsSchema.parse(settings)
    const allowance = allowanceFor({ ...running, version: { id: '', duration } }, attempts)
    const later = extendedDeadline(deadlineAt, allowance, startedAt)
    if (later > deadlineAt && (await extendDeadline(db, { attemptId, deadlineAt: later })))
      lengthened.push(attemptId)
  }
  return lengthened
}
