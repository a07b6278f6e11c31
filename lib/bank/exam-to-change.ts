import 'server-only'
import { type AuthoredExam, getAuthoredExam } from '#lib/db/queries/exam-authoring'
import { updateExam } from '#lib/db/queries/exams'
import { type Author, findEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import type { Question } from '#lib/exams/contract'
import type { Held } from '#lib/exams/rules/drafting-saver'

export type ExamPlace = Readonly<{
  courseId: string
  examId: string
  by: Author
  timeZone: string
  /** `updatedAt` of the exam as its editor saw it. */
  seen: Date
}>

/**
 * An exam that its author is about to change, held until the unit of work ends.
 * @throws AppError 'conflict' when somebody else has changed it since; 'not_found', 'forbidden'
 */
export async function examToChange(db: TenantDb, input: ExamPlace): Promise<AuthoredExam> {
  await findEditable(db, input)
  const exam = await getAuthoredExam(db, { ...input, lock: true })
  if (exam.updatedAt.getTime() !== input.seen.getTime())
    throw new AppError('conflict', 'The exam was changed since it was read.')
  return exam
}

/** Gives an exam other questions. @returns it as its editor holds it */
export async function changeQuestions(
  db: TenantDb,
  exam: AuthoredExam,
  questions: Question[],
): Promise<Held> {
  const { id: examId, updatedAt: seen, title, settings } = exam
  const changed = await updateExam(db, { examId, seen, changes: { questions } })
  return { title, questions, pools: settings.pools, seen: changed.updatedAt.toISOString() }
}
