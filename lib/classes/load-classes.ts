import 'server-only'
import { cursorFrom } from '#lib/db/queries/cursor'
import {
  findOpenClass,
  getTaughtClass,
  listClasses,
  listSiblings,
  recordJoin,
} from '#lib/db/queries/live-classes'
import { recordAudit } from '#lib/db/queries/audit'
import { getSettings } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import type { CourseHead } from '#lib/teach/contract'
import type { ClassesPage, ClassesSearch, OwnClass, TaughtClass } from './contract'
import { doorOf } from './rules/door'

const PAGE_SIZE = 30

/** One page of a course's classes for those who teach it. */
export async function loadClasses(
  db: TenantDb,
  input: Readonly<{ course: CourseHead; search: ClassesSearch; timeZone: string }>,
): Promise<ClassesPage> {
  const { course, search } = input
  const past = search.past === '1'
  const { timeZone } = await getSettings(db, course.id)
  const found = await listClasses(db, {
    ...{ courseId: course.id, past, cursor: cursorFrom(search.cursor), limit: PAGE_SIZE },
  })
  const { rows, nextCursor, previousCursor } = found
  return {
    ...{ course, past, timeZone: timeZone ?? input.timeZone, nextCursor, previousCursor },
    classes: rows.map(({ cancelledAt, series, recordingUrl, ...row }) => ({
      ...row,
      ...{ cancelled: cancelledAt !== null, inSeries: series !== null, hasRecording: recordingUrl !== null },
    })),
  }
}

/** A class as those who teach it work on it. @throws AppError 'not_found' */
export async function loadTaughtClass(
  db: TenantDb,
  input: Readonly<{ course: CourseHead; classId: string; timeZone: string }>,
): Promise<TaughtClass> {
  const { course, classId } = input
  const row = await getTaughtClass(db, { courseId: course.id, classId, timeZone: input.timeZone })
  const { id, title, platform, meetingUrl, at, timeZone, scheduledAt, duration } = row
  const siblings =
    row.series === null
      ? null
      : await listSiblings(db, { courseId: course.id, classId, series: row.series, from: null })
  const following = siblings?.filter((one) => one.scheduledAt >= scheduledAt).length ?? 0
  return {
    ...{ course, id, title, platform, meetingUrl, at, timeZone, scheduledAt, duration },
    ...{ notes: row.notes ?? '', recordingUrl: row.recordingUrl ?? '', cancelled: row.cancelledAt !== null },
    series: siblings === null ? null : { following: following + 1, all: siblings.length + 1 },
    door: doorOf(row, row.now),
    seen: row.updatedAt.toISOString(),
  }
}

type Whose = Readonly<{ classId: string; userId: string; everyCourse: boolean; timeZone: string }>

async function open(db: TenantDb, whose: Whose) {
  const row = await findOpenClass(db, whose)
  if (row === null) throw new AppError('not_found', 'There is no such class for this person.')
  return row
}

/** A class as those who take part see it; the meeting's address stays here. @throws AppError 'not_found' */
export async function loadOwnClass(db: TenantDb, whose: Whose): Promise<OwnClass> {
  const {
    meetingUrl: _meetingUrl,
    cancelledAt: _cancelledAt,
    status,
    joinedAt,
    ...row
  } = await open(db, whose)
  const known = status !== null || joinedAt !== null
  return {
    ...row,
    door: doorOf({ ...row, cancelledAt: _cancelledAt }, row.now),
    attendance: known ? { status, joinedAt } : null,
  }
}

/**
 * Lets somebody in: the meeting's address, once its time has come by the server's clock. Of somebody who is enrolled it
 * is kept when they went in first, and written into the log.
 * @returns null: it isn't open now @throws AppError 'not_found'
 */
export async function joinClass(
  db: TenantDb,
  input: Whose & Readonly<{ client: Readonly<{ ip: string; requestId: string | null }> }>,
): Promise<string | null> {
  const { classId, userId, client } = input
  const row = await open(db, input)
  if (doorOf(row, row.now).state !== 'open') return null
  if (await recordJoin(db, { classId, userId })) {
    const about = { actorId: userId, targetType: 'LiveClass', targetId: classId }
    await recordAudit(db, { ...about, action: 'class.join', client, after: { title: row.title } })
  }
  return row.meetingUrl
}
