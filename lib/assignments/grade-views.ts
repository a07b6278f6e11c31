import type { GradedRow, SubmissionRow } from '#lib/db/queries/submissions'
import { Points, pointsText } from '#lib/exams/rules/decimal'
import type { CourseHead } from '#lib/teach/contract'
import { assignmentSettingsSchema } from './contract'
import type { GradedAssignment, GradeState, SubmissionCard } from './contract/grading'
import { deductionBy, lateBy, type LateRules } from './rules/deduction'

export function gradedOf(course: CourseHead, { id, title, points, timeZone }: GradedRow): GradedAssignment {
  return { course, id, title, points: pointsText(new Points(points)), timeZone }
}

function stateOf({ gradedAt, releasedAt, submittedAt, grade }: SubmissionRow): GradeState {
  if (grade === null || gradedAt === null) return 'waits'
  if (gradedAt < submittedAt) return 'stale'
  return releasedAt === null ? 'graded' : 'released'
}

function rulesOf(assignment: GradedRow): LateRules {
  return { ...assignment, late: assignmentSettingsSchema.parse(assignment.settings).late }
}

/** How late something of a person is by the assignment's rules. Throws when the stored settings are none. */
export function lateness(assignment: GradedRow, { extendedTo }: SubmissionRow): (at: Date) => number {
  const rules = rulesOf(assignment)
  return (at) => lateBy(rules, extendedTo, at)
}

/** The same by an assignment as it is stored. Throws when its settings are none. */
export function deductionOf(assignment: GradedRow, row: SubmissionRow): string {
  return deductionBy(rulesOf(assignment), row)
}

/** A submission in the list, and above its page. */
export function cardOf(assignment: GradedRow, row: SubmissionRow): SubmissionCard {
  const { id, name, email, submittedAt, number, grade } = row
  return {
    ...{ id, name, email, submittedAt, version: number, state: stateOf(row) },
    daysLate: lateness(assignment, row)(submittedAt),
    grade: grade === null ? null : pointsText(new Points(grade).minus(deductionOf(assignment, row))),
  }
}
