import 'server-only'
import {
  type AuthoredRow,
  getAuthoredAssignment,
  hideAssignment,
  insertAssignment,
  showAssignment,
  unhideAssignment,
  unshowAssignment,
  updateAssignment,
} from '#lib/db/queries/assignment-authoring'
import { type Author, lockEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { assignmentSettingsSchema } from './contract'
import { remindOfAssignment } from '#lib/notifications/remind'
import type { EditForm } from './contract/authoring'
import { dueDateOf } from './due-date'

type Course = Readonly<{ courseId: string; by: Author }>
type Which = Course & Readonly<{ assignmentId: string }>

/** Makes a draft. With the same id it is made once. @throws AppError as `lockEditable` */
export async function createAssignment(
  db: TenantDb,
  input: Course & Readonly<{ id: string; title: string }>,
): Promise<{ id: string; courseId: string; created: boolean }> {
  await lockEditable(db, input)
  const { courseId } = input
  return { courseId, ...(await insertAssignment(db, input)) }
}

function fault(field: string, message: string): AppError {
  return new AppError('invalid_input', 'An assignment that can’t be kept.', { fields: { [field]: message } })
}

function changeOf(form: EditForm, row: AuthoredRow, locale: string) {
  const before = assignmentSettingsSchema.parse(row.settings)
  const { text, file, link, daysOpen, times, description } = form
  const accepts = [
    ...(text === 'on' ? ['TEXT'] : []),
    ...(file === 'on' ? ['FILE'] : []),
    ...(link === 'on' ? ['LINK'] : []),
  ]
  if (accepts.length === 0) throw fault('text', translator(locale, 'assignmentAuthor.faults')('noKind'))
  return {
    ...{
      title: form.title,
      description: description === '' ? null : description,
      points: form.points,
      accepts,
    },
    dueDate:
      form.dueDate === ''
        ? null
        : dueDateOf({ text: form.dueDate, timeZone: row.timeZone, locale, stored: row }),
    settings: {
      ...before,
      late: {
        graceMinutes: Number(form.graceMinutes),
        percentPerDay: form.percentPerDay === '' ? '0' : form.percentPerDay,
        floorPercent: form.floorPercent === '' ? '0' : form.floorPercent,
        daysOpen: daysOpen === '' ? null : Number(daysOpen),
      },
      times: times === '' ? null : Number(times),
    },
  }
}

/** What of an assignment the audit log tells: not its text. */
function factsOf({
  title,
  points,
  dueDate,
}: Readonly<{ title: string; points: string; dueDate: Date | null }>) {
  return { title, points, dueDate: dueDate === null ? null : dueDate.toISOString() }
}

/**
 * Writes what an author changed in the form. Lateness and its cost follow at once for what was handed in already.
 * @returns what it was and what it is, for the log
 * @throws AppError 'conflict' when somebody has changed it since the form was opened; 'invalid_input' naming the field;
 * as `lockEditable`
 */
export async function changeAssignment(
  db: TenantDb,
  input: Readonly<{ form: EditForm; by: Author; timeZone: string; locale: string }>,
) {
  const { form, by, timeZone, locale } = input
  const { courseId, assignmentId } = form
  await lockEditable(db, { courseId, by })
  const row = await getAuthoredAssignment(db, { courseId, assignmentId, timeZone })
  if (row.updatedAt.toISOString() !== form.seen)
    throw new AppError('conflict', 'The assignment was changed since the form was opened.', {
      fields: { title: translator(locale, 'assignmentAuthor.faults')('changed') },
    })
  const change = changeOf(form, row, locale)
  await updateAssignment(db, { courseId, assignmentId, seen: row.updatedAt, change })
  const moved = row.dueDate?.getTime() !== change.dueDate?.getTime()
  if (moved && row.publishedAt !== null) await remindOfAssignment(db, { assignmentId, due: change.dueDate })
  return { before: factsOf(row), after: factsOf(change) }
}

/** Shows an assignment to the learners of its course. @returns whether they didn't see it before @throws AppError as `lockEditable`, 'not_found' */
export async function publishAssignment(db: TenantDb, input: Which): Promise<boolean> {
  await lockEditable(db, input)
  const shown = await showAssignment(db, input)
  if (shown) await remindOf(db, input)
  return shown
}

/** Shown now, it reminds of its date. */
async function remindOf(db: TenantDb, { courseId, assignmentId }: Which): Promise<void> {
  const { dueDate } = await getAuthoredAssignment(db, { courseId, assignmentId, timeZone: 'UTC' })
  await remindOfAssignment(db, { assignmentId, due: dueDate })
}

/** @throws AppError 'invalid_input' once somebody has handed in; as `lockEditable` */
export async function unpublishAssignment(
  db: TenantDb,
  input: Which & Readonly<{ locale: string }>,
): Promise<void> {
  await lockEditable(db, input)
  if (!(await unshowAssignment(db, input)))
    throw fault('request', translator(input.locale, 'assignmentAuthor.faults')('handedIn'))
}

/** Hides an assignment from everybody; what was handed in stays. @throws AppError as `lockEditable`, 'not_found' */
export async function removeAssignment(db: TenantDb, input: Which): Promise<{ title: string }> {
  await lockEditable(db, input)
  return hideAssignment(db, input)
}

/** Brings a deleted assignment back. @returns whether it had been deleted @throws AppError as `lockEditable` */
export async function restoreAssignment(db: TenantDb, input: Which): Promise<boolean> {
  await lockEditable(db, input)
  return unhideAssignment(db, input)
}
