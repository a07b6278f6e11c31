import 'server-only'
import { type AuthoredRow, getAuthoredAssignment } from '#lib/db/queries/assignment-authoring'
import { cursorFrom } from '#lib/db/queries/cursor'
import { findEnrolled, getEnrolled } from '#lib/db/queries/enrolled'
import { type ExtensionRow, findExtension, listExtensions } from '#lib/db/queries/extensions'
import type { TenantDb } from '#lib/db/tenant'
import type { CourseHead } from '#lib/teach/contract'
import { assignmentSettingsSchema } from './contract'
import type { ExtendedPerson, ExtensionsSearch, ExtensionsView } from './contract/extensions'
import { daysLate, ownDue } from './rules/late'

const PAGE_SIZE = 50
const FOUND_MOST = 10

function personOf(assignment: AuthoredRow, row: ExtensionRow): ExtendedPerson {
  const { userId, name, email, dueDate, note, enrolled, submittedAt } = row
  const { late } = assignmentSettingsSchema.parse(assignment.settings)
  const due = ownDue(assignment.dueDate, dueDate)
  const days = (due: Date | null, at: Date): number => daysLate(due, at, late, assignment.timeZone)
  return {
    ...{ userId, name, email, dueDate, note, enrolled, counts: due?.getTime() === dueDate.getTime() },
    handedIn:
      submittedAt === null
        ? null
        : {
            at: submittedAt,
            daysLate: days(due, submittedAt),
            daysLateWithout: days(assignment.dueDate, submittedAt),
          },
  }
}

async function chosenOf(
  db: TenantDb,
  assignment: AuthoredRow,
  input: Readonly<{ courseId: string; userId: string | undefined }>,
): Promise<ExtensionsView['chosen']> {
  const { courseId, userId } = input
  if (userId === undefined) return null
  const person = await getEnrolled(db, { courseId, userId, lock: false })
  const { id: assignmentId, timeZone } = assignment
  const has = await findExtension(db, { courseId, assignmentId, userId, timeZone })
  // Whoever has none yet begins at everybody's date: most often only the day becomes another one.
  return {
    ...person,
    ...{ has: has !== null, dueAt: has?.dueAt ?? assignment.dueAt ?? '', note: has?.note ?? null },
  }
}

/**
 * Who has another due date in an assignment, and what it means for what they handed in. Two statements; one more for a
 * search, two more for somebody who was chosen.
 * @throws AppError 'not_found', also for another course's assignment, and for a person who isn't enrolled
 */
export async function loadExtensions(
  db: TenantDb,
  input: Readonly<{ course: CourseHead; assignmentId: string; timeZone: string; search: ExtensionsSearch }>,
): Promise<ExtensionsView> {
  const { course, assignmentId, timeZone, search } = input
  const courseId = course.id
  const assignment = await getAuthoredAssignment(db, { courseId, assignmentId, timeZone })
  const { rows, nextCursor, previousCursor } = await listExtensions(db, {
    ...{ courseId, assignmentId, cursor: cursorFrom(search.cursor), limit: PAGE_SIZE },
  })
  const { id, title, dueDate } = assignment
  const { q, person } = search
  return {
    ...{ course, id, title, dueDate, timeZone: assignment.timeZone, nextCursor, previousCursor, q },
    people: rows.map((row) => personOf(assignment, row)),
    found: q === '' ? [] : await findEnrolled(db, { courseId, q, limit: FOUND_MOST }),
    chosen: await chosenOf(db, assignment, { courseId, userId: person }),
  }
}
