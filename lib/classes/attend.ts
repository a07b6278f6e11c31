import 'server-only'
import { csvFile } from '#lib/audit/rules'
import {
  countAttendance,
  listAttendees,
  type Marking,
  putAllPresent,
  putAttendance,
  undoAttendance,
} from '#lib/db/queries/attendance'
import { recordAudit } from '#lib/db/queries/audit'
import { getTaughtClass } from '#lib/db/queries/live-classes'
import { type Author, findEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { CourseHead } from '#lib/teach/contract'
import type { z } from 'zod'
import {
  ATTENDANCE_PAGE,
  type allForm,
  type AttendancePage,
  type markForm,
  type undoForm,
} from './contract/attendance'
import { attendedStatus } from './contract'

type By = Readonly<{ by: Author; timeZone: string; locale: string }>
type Which = Readonly<{ courseId: string; classId: string }>

/** @throws AppError as `findEditable`, 'not_found' for another course's class */
async function assertOwn(db: TenantDb, { courseId, classId }: Which, { by, timeZone }: By): Promise<void> {
  await findEditable(db, { courseId, by })
  await getTaughtClass(db, { courseId, classId, timeZone })
}

function markingsOf(form: z.infer<typeof markForm>): Marking[] {
  const given = Object.entries(form).flatMap(([name, value]) => (name.startsWith('row-') ? [value] : []))
  if (given.length > ATTENDANCE_PAGE) throw new AppError('invalid_input', 'More people than a page holds.')
  const statusOf = (text: string | undefined) => (text === '' ? null : attendedStatus.parse(text))
  return given.flatMap((text): Marking[] => {
    const [userId = '', before, now] = text.split(':')
    return before === now ? [] : [{ userId, before: statusOf(before), status: statusOf(now), minutes: null }]
  })
}

/**
 * Writes who was there, as a list was filled in by hand. @returns how many were changed
 * @throws AppError 'conflict' when somebody wrote about one of them since the list was opened; nothing is written then
 */
export async function markAttendance(
  db: TenantDb,
  input: By & Readonly<{ form: z.infer<typeof markForm> }>,
): Promise<number> {
  const { form, by, locale } = input
  const { courseId, classId, key: mark } = form
  await assertOwn(db, form, input)
  const markings = markingsOf(form)
  if (markings.length === 0) return 0
  const written = await putAttendance(db, { courseId, classId, mark, markedById: by.userId, markings })
  if (written < markings.length)
    throw new AppError('conflict', 'Attendance was written since the list was opened.', {
      fields: { request: translator(locale, 'classes.attendance')('changed') },
    })
  return written
}

/** Marks everybody of whom nobody has said anything as present. @returns how many */
export async function markAllPresent(
  db: TenantDb,
  input: By & Readonly<{ form: z.infer<typeof allForm> }>,
): Promise<number> {
  const { form, by } = input
  const { courseId, classId, key: mark } = form
  await assertOwn(db, form, input)
  return putAllPresent(db, { courseId, classId, mark, markedById: by.userId })
}

/** Takes the last writing back, of those whom nobody has written about since. @returns how many */
export async function undoMarks(
  db: TenantDb,
  input: By & Readonly<{ form: z.infer<typeof undoForm> }>,
): Promise<number> {
  await assertOwn(db, input.form, input)
  return undoAttendance(db, input.form)
}

/** One page of who was there. @throws AppError 'not_found' for another course's class */
export async function loadAttendance(
  db: TenantDb,
  input: Which & Readonly<{ course: CourseHead; timeZone: string; page: number }>,
): Promise<AttendancePage> {
  const { course, courseId, classId, timeZone } = input
  const row = await getTaughtClass(db, { courseId, classId, timeZone })
  const counts = await countAttendance(db, { courseId, classId })
  const pages = Math.max(1, Math.ceil(counts.learners / ATTENDANCE_PAGE))
  const page = Math.min(input.page, pages)
  const people = await listAttendees(db, {
    ...{ courseId, classId, offset: (page - 1) * ATTENDANCE_PAGE, limit: ATTENDANCE_PAGE },
  })
  return {
    ...{ course, classId, title: row.title, scheduledAt: row.scheduledAt, timeZone: row.timeZone },
    ...{
      begun: row.scheduledAt <= row.now,
      cancelled: row.cancelledAt !== null,
      page,
      pages,
      people,
      counts,
    },
  }
}

/** Rows of one file at most. */
const EXPORT_MOST = 20_000

/** Who was in a class, as a CSV file; that it was taken out is written into the log. @throws AppError as `assertOwn` */
export async function exportAttendance(
  db: TenantDb,
  input: By & Which & Readonly<{ client: Readonly<{ ip: string; requestId: string | null }> }>,
): Promise<string> {
  const { courseId, classId, by, client } = input
  await assertOwn(db, input, input)
  const people = await listAttendees(db, { courseId, classId, offset: 0, limit: EXPORT_MOST })
  await recordAudit(db, {
    ...{ action: 'class.export', actorId: by.userId, targetType: 'LiveClass', targetId: classId, client },
    after: { rows: people.length },
  })
  const lines = people.map(({ name, email, status, joinedAt, minutes }) => [
    ...[name, email, status?.toLowerCase() ?? '', joinedAt?.toISOString() ?? ''],
    minutes === null ? '' : String(minutes),
  ])
  return csvFile([['name', 'email', 'attendance', 'joined_at', 'minutes'], ...lines])
}
