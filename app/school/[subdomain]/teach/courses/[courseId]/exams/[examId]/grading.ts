import 'server-only'
import { type Actor, person } from '#lib/auth/actor'
import { getGradedExam } from '#lib/db/queries/exam-grades'
import { findEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { examHeadOf } from '#lib/exams/author-views'
import { headOf } from '#lib/teach/views'
import type { School } from '#lib/tenancy/school'
import { authorOf, managesPeople, pagesOf } from '../../../../editing'

/**
 * An exam and what stands above each of its pages, for whoever grades it, or may see every grade of the school; `may`
 * tells the two apart. @throws AppError 'not_found', 'forbidden'
 */
export async function gradingOf(
  db: TenantDb,
  input: Readonly<{ courseId: string; examId: string; actor: Actor; school: School }>,
) {
  const { courseId, examId, actor, school } = input
  const by = authorOf(actor)
  const reads = by.everyCourse || person(actor).permissions.has('grade:read-any')
  const course = await findEditable(db, { courseId, by: { ...by, everyCourse: reads } })
  const exam = await getGradedExam(db, { courseId, examId, timeZone: school.timeZone })
  const may = by.everyCourse || course.instructorId === by.userId
  return { exam, head: examHeadOf(headOf(course, by, managesPeople(actor)), exam, pagesOf(actor)), may }
}
