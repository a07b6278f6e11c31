import 'server-only'
import type { TenantDb } from '#lib/db/tenant'
import { notify } from './notify'
import { remindAt } from './rules/reminders'

/**
 * Has people reminded of an instant a day before it, in the transaction that sets it. Nothing takes a reminder back:
 * when its time comes it looks whether the instant is still that one, and says nothing where it isn't.
 */
async function remind(
  db: TenantDb,
  input: Readonly<{
    kind: 'assignment-due' | 'exam-opens' | 'exam-closes'
    id: string
    userId?: string
    instant: Date
  }>,
): Promise<void> {
  const { instant, ...rest } = input
  if (instant <= new Date()) return
  await notify(db, { ...rest, at: instant.getTime(), runAt: remindAt(instant) })
}

/** Of an assignment's date, or somebody's own. */
export async function remindOfAssignment(
  db: TenantDb,
  { assignmentId, due, userId }: Readonly<{ assignmentId: string; due: Date | null; userId?: string }>,
): Promise<void> {
  if (due === null) return
  const whose = userId === undefined ? {} : { userId }
  await remind(db, { kind: 'assignment-due', id: assignmentId, instant: due, ...whose })
}

/**
 * Of when an exam opens and closes; of the end alone where both are the same day’s. @param input.userId of one person, whose
 * window it is; left out: of all who have none of their own
 */
export async function remindOfExam(
  db: TenantDb,
  input: Readonly<{ examId: string; userId?: string; startDate: Date | null; endDate: Date | null }>,
): Promise<void> {
  const { examId: id, userId, startDate, endDate } = input
  const whose = { id, ...(userId === undefined ? {} : { userId }) }
  if (startDate !== null) await remind(db, { ...whose, kind: 'exam-opens', instant: startDate })
  const isLong = startDate === null || (endDate !== null && remindAt(endDate) > startDate)
  if (endDate !== null && isLong) await remind(db, { ...whose, kind: 'exam-closes', instant: endDate })
}
