import 'server-only'
import { getGradedExam, type GradedExam } from '#lib/db/queries/exam-grades'
import { type Author, findEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'

export type Graded = Readonly<{ courseId: string; examId: string; by: Author; timeZone: string }>

/**
 * An exam that somebody may grade: it is of that course, and the course is theirs.
 * @param lock holds the exam until the unit of work ends @throws AppError 'not_found'; 'forbidden' when it is a colleague's
 */
export async function examToGrade(
  db: TenantDb,
  input: Graded & Readonly<{ lock?: boolean }>,
): Promise<GradedExam> {
  const { courseId, examId, by, timeZone, lock = false } = input
  await findEditable(db, { courseId, by })
  return getGradedExam(db, { courseId, examId, timeZone, lock })
}
