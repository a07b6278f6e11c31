import 'server-only'
import { listOwnWindows } from '#lib/db/queries/accommodations'
import type { TenantDb } from '#lib/db/tenant'
import { remindOfExam } from '#lib/notifications/remind'
import { allowanceOf } from './rules/allowance'

type Exam = Readonly<{ examId: string; startDate: Date | null; endDate: Date | null }>
type Window = Pick<Exam, 'startDate' | 'endDate'>

/** When an exam opens and closes for somebody whose own dates are `own`. */
function windowOf(exam: Exam, own: Window): Window {
  const none = { extraTimePercent: 0, extraAttempts: 0 }
  const { opensAt, closesAt } = allowanceOf({ ...exam, duration: 0, attempts: null }, [{ ...none, ...own }])
  return { startDate: opensAt, endDate: closesAt }
}

/** Has everybody reminded of an exam's window, those with one of their own of theirs, in the transaction that sets it. */
export async function remindAll(db: TenantDb, exam: Exam): Promise<void> {
  await remindOfExam(db, exam)
  for (const { userId, ...own } of await listOwnWindows(db, exam.examId))
    await remindOfExam(db, { examId: exam.examId, userId, ...windowOf(exam, own) })
}

/** Has one person reminded of what holds for them since their own dates are these. */
export async function remindOne(
  db: TenantDb,
  { exam, userId, own }: Readonly<{ exam: Exam; userId: string; own: Window }>,
): Promise<void> {
  await remindOfExam(db, { examId: exam.examId, userId, ...windowOf(exam, own) })
}
