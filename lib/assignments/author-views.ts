import type { AssignmentListRow, AuthoredRow } from '#lib/db/queries/assignment-authoring'
import { Points, pointsText } from '#lib/exams/rules/decimal'
import type { CourseHead } from '#lib/teach/contract'
import { assignmentSettingsSchema } from './contract'
import type { AssignmentCard, AuthoredAssignment } from './contract/authoring'
import { rubricSchema } from './contract/rubric'

/** An assignment as its author's form begins. Throws when the stored settings are none. */
export function authoredOf(course: CourseHead, row: AuthoredRow): AuthoredAssignment {
  const { id, title, description, accepts, timeZone, publishedAt, handedIn } = row
  return {
    ...{ course, id, title, description, timeZone, publishedAt, handedIn },
    points: pointsText(new Points(row.points)),
    text: accepts.includes('TEXT'),
    file: accepts.includes('FILE'),
    link: accepts.includes('LINK'),
    dueDate: row.dueAt ?? '',
    settings: assignmentSettingsSchema.parse(row.settings),
    rubric: rubricSchema.parse(row.rubric),
    seen: row.updatedAt.toISOString(),
  }
}

/** An assignment in the list of its course. */
export function assignmentCardOf(row: AssignmentListRow): AssignmentCard {
  const { id, title, dueDate, handedIn, waiting, publishedAt } = row
  return {
    ...{ id, title, dueDate, handedIn, waiting },
    points: pointsText(new Points(row.points)),
    published: publishedAt !== null,
  }
}
