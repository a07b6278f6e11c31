import 'server-only'
import { listVersions } from '#lib/db/queries/assignments'
import { cursorFrom } from '#lib/db/queries/cursor'
import {
  countSubmissions,
  findNeighbours,
  getGradedAssignment,
  getSubmission,
  listSubmissions,
} from '#lib/db/queries/submissions'
import type { TenantDb } from '#lib/db/tenant'
import { Points, pointsText } from '#lib/exams/rules/decimal'
import type { CourseHead } from '#lib/teach/contract'
import type { SubmissionsView, SubmissionView } from './contract/grading'
import { type Choices, marksSchema, rubricSchema } from './contract/rubric'
import { shownFiles } from './work-files'
import { cardOf, deductionOf, gradedOf, lateness } from './grade-views'

const PAGE_SIZE = 50

function choicesOf(marks: unknown): Choices {
  const given = marks === null ? [] : marksSchema.parse(marks)
  return given.map(({ criterionId, levelId, comment }) => ({ criterionId, levelId, comment }))
}

type Which = Readonly<{ course: CourseHead; assignmentId: string; timeZone: string }>

/** What was handed in for an assignment: three statements. @throws AppError 'not_found', also for another course's */
export async function loadSubmissions(
  db: TenantDb,
  input: Which & Readonly<{ cursor: string | undefined }>,
): Promise<SubmissionsView> {
  const { course, assignmentId, timeZone, cursor } = input
  const assignment = await getGradedAssignment(db, { courseId: course.id, assignmentId, timeZone })
  const { first, ...counts } = await countSubmissions(db, { courseId: course.id, assignmentId })
  const { rows, nextCursor, previousCursor } = await listSubmissions(db, {
    ...{ assignmentId, cursor: cursorFrom(cursor), limit: PAGE_SIZE },
  })
  return {
    ...{ assignment: gradedOf(course, assignment), nextCursor, previousCursor, counts, first },
    submissions: rows.map((row) => cardOf(assignment, row)),
  }
}

/** One submission to grade: four statements. @throws AppError 'not_found', also for another assignment's or course's */
export async function loadSubmission(
  db: TenantDb,
  input: Which & Readonly<{ submissionId: string }>,
): Promise<SubmissionView> {
  const { course, assignmentId, submissionId, timeZone } = input
  const assignment = await getGradedAssignment(db, { courseId: course.id, assignmentId, timeZone })
  const row = await getSubmission(db, { assignmentId, submissionId })
  const lateAt = lateness(assignment, row)
  const versions = await listVersions(db, submissionId)
  return {
    ...(await findNeighbours(db, { assignmentId, submissionId })),
    assignment: gradedOf(course, assignment),
    card: cardOf(assignment, row),
    description: assignment.description,
    versions: versions.map((version) => ({
      ...version,
      files: shownFiles(db.tenantId, { assignmentId, userId: row.userId }, version.files),
      daysLate: lateAt(version.submittedAt),
    })),
    points: row.grade === null ? null : pointsText(new Points(row.grade)),
    deduction: deductionOf(assignment, row),
    feedback: row.feedback,
    rubric: rubricSchema.parse(assignment.rubric),
    choices: choicesOf(row.marks),
    seen: row.gradedAt?.toISOString() ?? '',
  }
}
