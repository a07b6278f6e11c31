import 'server-only'
import {
  type AssignmentRow,
  type FileRow,
  findDraft,
  findLearnerAssignment,
  listLearnerAssignments,
  listVersions,
  type OneAssignmentRow,
} from '#lib/db/queries/assignments'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { pointsText, Points } from '#lib/exams/rules/decimal'
import type { AssignmentView, CourseAssignment } from './contract'
import { marksSchema, rubricSchema } from './contract/rubric'
import { lateDeduction } from './rules/late'
import { termsOf } from './views'
import { shownFiles } from './work-files'

/** Assignments that a course's page lists. */
const MOST = 100

/** The grade with what lateness took; null until it is released. */
function resultOf(row: OneAssignmentRow): AssignmentView['result'] {
  const { grade, feedback, points: maxPoints, submittedAt } = row
  if (grade === null) return null
  const terms = termsOf(row)
  const { late: policy } = terms.settings
  const days = submittedAt === null ? 0 : terms.daysLateAt(submittedAt)
  const deduction = lateDeduction({ points: grade, maxPoints, days, policy })
  return {
    points: pointsText(new Points(grade)),
    deduction: pointsText(deduction),
    grade: pointsText(new Points(grade).minus(deduction)),
    feedback,
    marks: row.marks === null ? [] : marksSchema.parse(row.marks),
  }
}

/**
 * An assignment's page for one of its learners: three statements, two before anything was handed in.
 * @throws AppError 'not_found' for an assignment that they can't see
 */
export async function loadAssignment(
  db: TenantDb,
  input: Readonly<{ assignmentId: string; userId: string; timeZone: string }>,
): Promise<AssignmentView> {
  const row = await findLearnerAssignment(db, input)
  if (row === null) throw new AppError('not_found', 'No assignment of one’s own courses has this id.')
  const { id, title, description, courseId, courseTitle, accepts, timeZone, extendedTo, submissionId } = row
  const { settings, dueAt, closesAt, daysLateAt, state } = termsOf(row)
  const draft = await findDraft(db, input)
  const shown = (files: readonly FileRow[]) => shownFiles(db.tenantId, input, files)
  const versions = submissionId === null ? [] : await listVersions(db, submissionId)
  return {
    ...{ id, title, description, courseId, courseTitle, accepts, timeZone, dueAt, closesAt, state },
    daysLateNow: daysLateAt(row.now),
    points: pointsText(new Points(row.points)),
    extended: extendedTo !== null && dueAt?.getTime() === extendedTo.getTime(),
    late: settings.late,
    times: settings.times,
    draft: draft === null ? null : { ...draft, files: shown(draft.files) },
    versions: versions.map((version) => ({
      ...{ ...version, files: shown(version.files), daysLate: daysLateAt(version.submittedAt) },
    })),
    result: resultOf(row),
    rubric: rubricSchema.parse(row.rubric),
  }
}

function listed(row: AssignmentRow): CourseAssignment {
  const { id, title, points, number, grade } = row
  const { dueAt, state } = termsOf(row)
  const own = grade !== null ? 'graded' : number > 0 ? 'handed-in' : state
  return { id, title, dueAt, points: pointsText(new Points(points)), state: own }
}

/** The assignments of a course for one of its learners. One statement. */
export async function loadCourseAssignments(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string; timeZone: string }>,
): Promise<CourseAssignment[]> {
  return (await listLearnerAssignments(db, { ...input, limit: MOST })).map(listed)
}
