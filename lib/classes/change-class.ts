import 'server-only'
import {
  cancelClasses,
  type ClassFacts,
  getTaughtClass,
  listSiblings,
  putRecording,
  restoreClasses,
  type Retimed,
  type SiblingRow,
  type TaughtRow,
  updateClass,
  updateSiblings,
} from '#lib/db/queries/live-classes'
import { type Author, lockEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { localOf } from '#lib/exams/rules/zoned'
import { translator } from '#lib/i18n/translate'
import { notify } from '#lib/notifications/notify'
import type { z } from 'zod'
import type { cancelForm, ChangeForm, recordForm, restoreForm } from './contract'
import type { Scope } from './contract/constants'
import { webLink } from './rules/links'
import { meetingAt, wallMinutes, wallPlus } from './rules/wall'
import { assertNear, factsOf, fault, remind } from './schedule'

type By = Readonly<{ by: Author; timeZone: string; locale: string }>

/** The class that a form was opened with. @throws AppError 'conflict' when somebody has changed it since; 'not_found' */
async function opened(
  db: TenantDb,
  form: Readonly<{ courseId: string; classId: string; seen: string }>,
  { by, timeZone, locale }: By,
): Promise<TaughtRow> {
  const { courseId, classId, seen } = form
  await lockEditable(db, { courseId, by })
  const row = await getTaughtClass(db, { courseId, classId, timeZone })
  if (row.updatedAt.toISOString() !== seen)
    throw new AppError('conflict', 'The class was changed since the form was opened.', {
      fields: { title: translator(locale, 'classes.faults')('changed') },
    })
  return row
}

/** The others of a series that a change reaches: those to come, that aren't cancelled. */
async function others(
  db: TenantDb,
  courseId: string,
  { id, series, scheduledAt }: TaughtRow,
  scope: Scope,
): Promise<SiblingRow[]> {
  if (series === null || scope === 'this') return []
  return listSiblings(db, { courseId, classId: id, series, from: scope === 'following' ? scheduledAt : null })
}

/** Only what was touched in the form: what single classes of a series have of their own stays. */
function touched(row: TaughtRow, facts: ClassFacts): Partial<ClassFacts> {
  return {
    ...(facts.title === row.title ? {} : { title: facts.title }),
    ...(facts.platform === row.platform ? {} : { platform: facts.platform }),
    ...(facts.meetingUrl === row.meetingUrl ? {} : { meetingUrl: facts.meetingUrl }),
    ...(facts.duration === row.duration ? {} : { duration: facts.duration }),
    ...(facts.notes === row.notes ? {} : { notes: facts.notes }),
  }
}

/** Moves others by as much as the clock on the wall was moved for the one: by days, hours and minutes, whatever the clocks do. */
function shifted(row: TaughtRow, to: string, siblings: readonly SiblingRow[]): Retimed[] {
  const minutes = wallMinutes(row.at, to)
  return siblings.map(({ id, scheduledAt }) => {
    if (minutes === 0) return { id, at: scheduledAt }
    const found = meetingAt(wallPlus(localOf(scheduledAt, row.timeZone), minutes), row.timeZone)
    return { id, at: found?.at ?? scheduledAt }
  })
}

/** What of a class the audit log tells: neither its address nor its notes. */
const told = (title: string, at: Date, duration: number) => ({
  title,
  scheduledAt: at.toISOString(),
  minutes: duration,
})

/** Where and when, as the form has it; an untouched time keeps its instant, also of an hour that comes twice. */
function newTime(row: TaughtRow, form: ChangeForm, locale: string): Date {
  if (form.at === row.at) return row.scheduledAt
  const found = meetingAt(form.at, row.timeZone)
  if (found === null) throw fault('at', translator(locale, 'classes.faults')('noTime'))
  assertNear(found.at, locale)
  return found.at
}

/** Tells learners that classes take place at another time: once for the whole change. */
async function tellMoved(db: TenantDb, { id, at }: Retimed, moved: readonly Retimed[]): Promise<void> {
  await notify(db, { kind: moved.length > 1 ? 'series-moved' : 'class-moved', id, at: at.getTime() })
}

/**
 * Writes what an author changed in a class; with a scope also in others of its series that are still to come. Those get
 * what was touched, and are moved by as much. Learners are told of another time, once.
 * @returns what it was and is, and how many were changed
 * @throws AppError 'conflict' when somebody has changed it since the form was opened, or it is cancelled;
 *   'invalid_input' naming the field; as `lockEditable`
 */
export async function changeClass(db: TenantDb, input: By & Readonly<{ form: ChangeForm }>) {
  const { form, locale } = input
  const { courseId, classId, scope } = form
  const row = await opened(db, form, input)
  if (row.cancelledAt !== null) throw new AppError('conflict', 'The class is cancelled.')
  const facts = factsOf(form, locale, row)
  const at = newTime(row, form, locale)
  const moved = at.getTime() !== row.scheduledAt.getTime()
  // Calendars go by it; people are told of another beginning alone.
  const retimes = moved || facts.duration !== row.duration
  const siblings = await others(db, courseId, row, scope)
  const retimed = shifted(row, form.at, siblings)
  for (const one of retimed) assertNear(one.at, locale)
  await updateClass(db, { courseId, classId, seen: row.updatedAt, facts, at, moved: retimes })
  if (retimed.length > 0)
    await updateSiblings(db, { courseId, at: retimed, facts: touched(row, facts), moved: retimes })
  if (moved) {
    const all = [{ id: classId, at }, ...retimed]
    if (all.some((one) => one.at > row.now) || row.scheduledAt > row.now)
      await tellMoved(db, { id: classId, at }, all)
    await remind(db, all)
  }
  return {
    before: told(row.title, row.scheduledAt, row.duration),
    after: { ...told(facts.title, at, facts.duration), classes: retimed.length + 1 },
  }
}

/**
 * Cancels a class, and others of its series as far as the scope reaches. They stay to be seen as cancelled.
 * @returns how many @throws AppError as `changeClass`
 */
export async function cancelClass(
  db: TenantDb,
  input: By & Readonly<{ form: z.infer<typeof cancelForm> }>,
): Promise<Readonly<{ title: string; count: number }>> {
  const { form } = input
  const { courseId, classId, scope } = form
  const row = await opened(db, form, input)
  if (row.cancelledAt !== null) return { title: row.title, count: 0 }
  const siblings = await others(db, courseId, row, scope)
  const count = await cancelClasses(db, { courseId, ids: [classId, ...siblings.map(({ id }) => id)] })
  if (row.scheduledAt > row.now || siblings.length > 0)
    await notify(db, {
      kind: siblings.length > 0 ? 'series-cancelled' : 'class-cancelled',
      ...{ id: classId, at: row.scheduledAt.getTime() },
    })
  return { title: row.title, count }
}

/** Brings a class back, with all that were cancelled in the same step. @returns how many @throws AppError as `lockEditable` */
export async function restoreClass(
  db: TenantDb,
  input: By & Readonly<{ form: z.infer<typeof restoreForm> }>,
): Promise<number> {
  const { form, by, timeZone } = input
  const { courseId, classId } = form
  await lockEditable(db, { courseId, by })
  await getTaughtClass(db, { courseId, classId, timeZone })
  const back = (await restoreClasses(db, { courseId, classId })).map(({ id, scheduledAt }) => ({
    id,
    at: scheduledAt,
  }))
  const one = back.find(({ id }) => id === classId) ?? back[0]
  if (one !== undefined && back.some(({ at }) => at.getTime() > Date.now()))
    await notify(db, { kind: back.length > 1 ? 'series-on' : 'class-on', id: one.id, at: one.at.getTime() })
  await remind(db, back)
  return back.length
}

/** Links a recording, or takes the link away. @returns whether there is one @throws AppError as `changeClass` */
export async function linkRecording(
  db: TenantDb,
  input: By & Readonly<{ form: z.infer<typeof recordForm> }>,
): Promise<boolean> {
  const { form, locale } = input
  const { courseId, classId, recordingUrl } = form
  const row = await opened(db, form, input)
  if (recordingUrl !== '' && webLink(recordingUrl) === null)
    throw fault('recordingUrl', translator(locale, 'classes.faults')('noLink'))
  await putRecording(db, {
    ...{ courseId, classId, seen: row.updatedAt },
    recordingUrl: recordingUrl === '' ? null : recordingUrl,
  })
  return recordingUrl !== ''
}
