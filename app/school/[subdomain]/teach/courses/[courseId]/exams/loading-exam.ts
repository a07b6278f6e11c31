import 'server-only'
import type { Actor } from '#lib/auth/actor'
import { findEditable } from '#lib/db/queries/teach'
import { getAuthoredExam } from '#lib/db/queries/exam-authoring'
import type { TenantDb } from '#lib/db/tenant'
import { examHeadOf } from '#lib/exams/author-views'
import type { School } from '#lib/tenancy/school'
import { headOf } from '#lib/teach/views'
import { authorOf, managesPeople, pagesOf } from '../../../editing'

/** An exam and what stands above each of its pages, for its author. @throws AppError 'not_found', 'forbidden' */
export async function examOf(
  db: TenantDb,
  input: Readonly<{ courseId: string; examId: string; actor: Actor; school: School }>,
) {
  const { courseId, examId, actor, school } = input
  const by = authorOf(actor)
  const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
  const exam = await getAuthoredExam(db, { courseId, examId, timeZone: school.timeZone })
  return { exam, head: examHeadOf(course, exam, pagesOf(actor)), by }
}
