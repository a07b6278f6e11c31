import 'server-only'
import { type AuthoredRow, getAuthoredAssignment } from '#lib/db/queries/assignment-authoring'
import { getEnrolled } from '#lib/db/queries/enrolled'
import { deleteExtension, type Extension, findExtension, putExtension } from '#lib/db/queries/extensions'
import { type Author, lockEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { formatter, translator } from '#lib/i18n/translate'
import { remindOfAssignment } from '#lib/notifications/remind'
import type { ExtensionForm } from './contract/extensions'
import { dueDateOf } from './due-date'

type Facts = Readonly<{ dueDate: string; note: string | null }>

/** The log tells that there is a note, not what it says. */
const factsOf = ({ dueDate, note }: Pick<Extension, 'dueDate' | 'note'>): Facts => ({
  dueDate: dueDate.toISOString(),
  note: note === null ? null : '…',
})

function fault(message: string): AppError {
  return new AppError('invalid_input', 'An extension that can’t be given.', { fields: { dueDate: message } })
}

/** A date of one's own is later than everybody's: an earlier one would count for nothing. */
function laterOf(form: ExtensionForm, row: AuthoredRow, before: Extension | null, locale: string): Date {
  const t = translator(locale, 'assignmentAuthor.extensions.faults')
  if (row.dueDate === null) throw fault(t('noDue'))
  const dueDate = dueDateOf({ text: form.dueDate, timeZone: row.timeZone, locale, stored: before })
  if (dueDate > row.dueDate) return dueDate
  const due = formatter(locale, row.timeZone).dateTime(row.dueDate, {
    ...({ dateStyle: 'long', timeStyle: 'short' } as const),
  })
  throw fault(t('notLater', { due }))
}

/**
 * Gives an enrolled person a due date of their own, in place of the one they had. Lateness and its cost follow at once,
 * also for what they have handed in. The course stays locked, so that everybody's date is the one compared with; the
 * enrollment too, as handing in locks it.
 * @returns what they had and have, and whether that is another thing: the same form again changes nothing
 * @throws AppError 'not_found' for somebody who isn't enrolled, and for another course's assignment; 'invalid_input'
 * naming `dueDate` for a time that doesn't exist or isn't later than everybody's; as `lockEditable`
 */
export async function giveExtension(
  db: TenantDb,
  input: Readonly<{ form: ExtensionForm; by: Author; timeZone: string; locale: string }>,
): Promise<Readonly<{ before: Facts | null; after: Facts; changed: boolean }>> {
  const { form, by, locale } = input
  const { courseId, assignmentId, userId } = form
  await lockEditable(db, { courseId, by })
  const row = await getAuthoredAssignment(db, { courseId, assignmentId, timeZone: input.timeZone })
  await getEnrolled(db, { courseId, userId, lock: true })
  const which = { courseId, assignmentId, userId }
  const before = await findExtension(db, { ...which, timeZone: row.timeZone })
  const after = {
    dueDate: laterOf(form, row, before, locale),
    note: form.note === '' ? null : form.note,
  }
  const changed = await putExtension(db, { ...which, ...after })
  const moved = before?.dueDate.getTime() !== after.dueDate.getTime()
  if (moved) await remindOfAssignment(db, { assignmentId, userId, due: after.dueDate })
  return { before: before === null ? null : factsOf(before), after: factsOf(after), changed }
}

/**
 * Takes somebody's own date back: everybody's holds for them, also for what they have handed in.
 * @returns what they had; null: nothing
 * @throws AppError 'not_found' for another course's assignment; as `lockEditable`
 */
export async function removeExtension(
  db: TenantDb,
  input: Readonly<{
    courseId: string
    assignmentId: string
    userId: string
    by: Author
    timeZone: string
  }>,
): Promise<Facts | null> {
  await lockEditable(db, input)
  const { dueDate } = await getAuthoredAssignment(db, input)
  const before = await findExtension(db, input)
  if (before === null) return null
  await deleteExtension(db, input)
  const { assignmentId, userId } = input
  await remindOfAssignment(db, { assignmentId, userId, due: dueDate })
  return factsOf(before)
}
