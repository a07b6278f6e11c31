import 'server-only'
import { type ClassFacts, insertClasses, type Retimed } from '#lib/db/queries/live-classes'
import { type Author, getSettings, lockEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { notify } from '#lib/notifications/notify'
import { type MeetingPlatform, REMIND_BEFORE } from './contract/constants'
import type { ChangeForm, CreateForm } from './contract'
import { linkFault } from './rules/links'
import { type Occurrence, occurrencesOf, type SeriesRule } from './rules/series'

const MINUTE = 60_000
/** Days around now in which a class may be put: what lies beyond is a slip of the keys. */
const DAYS = { back: 366, ahead: 3 * 366 } as const
const DAY = 24 * 60 * MINUTE

export function fault(field: string, message: string): AppError {
  return new AppError('invalid_input', 'A class that can’t be kept.', { fields: { [field]: message } })
}

/**
 * What a form says about a class but its time. @param before what it began with: a link that wasn't touched stays
 * @throws AppError 'invalid_input' naming the link
 */
export function factsOf(
  form: CreateForm | ChangeForm,
  locale: string,
  before: Pick<ClassFacts, 'platform' | 'meetingUrl'> | null = null,
): ClassFacts {
  const { title, platform, meetingUrl, duration, notes } = form
  const t = translator(locale, 'classes.faults')
  const untouched = before?.platform === platform && before.meetingUrl === meetingUrl
  const wrong = untouched ? null : linkFault(platform, meetingUrl)
  if (wrong?.kind === 'noLink') throw fault('meetingUrl', t('noLink'))
  if (wrong !== null) throw fault('meetingUrl', wrongHost(locale, platform, wrong))
  return { title, platform, meetingUrl, duration: Number(duration), notes: notes === '' ? null : notes }
}

function wrongHost(
  locale: string,
  platform: MeetingPlatform,
  wrong: Readonly<{ host: string; hint: MeetingPlatform }>,
): string {
  const name = translator(locale, 'classes.platforms')
  const { host, hint } = wrong
  return translator(locale, 'classes.faults')('wrongHost', {
    ...{ host, platform: name(platform), hint: name(hint) },
  })
}

/** @throws AppError 'invalid_input' for a time that is far away */
export function assertNear(at: Date, locale: string): void {
  const days = (at.getTime() - Date.now()) / DAY
  if (days < -DAYS.back || days > DAYS.ahead) throw fault('at', translator(locale, 'classes.faults')('far'))
}

/** Has everybody reminded of classes, those at least that haven't begun. One statement a class. */
export async function remind(db: TenantDb, classes: readonly Retimed[]): Promise<void> {
  for (const { id, at } of classes) {
    if (at.getTime() <= Date.now()) continue
    const runAt = new Date(at.getTime() - REMIND_BEFORE * MINUTE)
    await notify(db, { kind: 'class-soon', id, at: at.getTime(), runAt })
  }
}

/** What a form says about repeating. @throws AppError 'invalid_input' naming what is missing */
function ruleOf(form: CreateForm, locale: string): SeriesRule {
  const t = translator(locale, 'classes.faults')
  const { at, repeat, every, weekdays, ends, times, until } = form
  const byTimes = ends === 'times'
  if (repeat !== 'none' && byTimes && times === '') throw fault('times', t('noTimes'))
  if (repeat !== 'none' && !byTimes && until === '') throw fault('until', t('noUntil'))
  return {
    ...{ at, repeat, every: Number(every) || 1, weekdays: weekdays.map(Number) },
    until: byTimes ? null : until,
    times: byTimes ? Number(times) || 1 : null,
  }
}

/** The times that a form means. @throws AppError 'invalid_input' naming what has to be changed */
function timesOf(form: CreateForm, timeZone: string, locale: string): readonly Occurrence[] {
  const t = translator(locale, 'classes.faults')
  const found = occurrencesOf(ruleOf(form, locale), timeZone)
  if (found === null) throw fault('at', t('noTime'))
  if (found === 'none') throw fault('until', t('none'))
  if (found === 'tooMany') throw fault(form.ends, t('tooMany'))
  for (const one of found) assertNear(one.at, locale)
  return found
}

/**
 * Makes a class, or a series of them, at the same time by the course's clock (rules/series.ts). Everybody enrolled is
 * reminded before each. With the same ids they are made once.
 * @param input.idOf the id of the n-th, which is the same when the form is sent again
 * @returns how many there are, and whether this call made them
 * @throws AppError 'invalid_input' naming the field; as `lockEditable`
 */
export async function createClasses(
  db: TenantDb,
  input: Readonly<{
    form: CreateForm
    by: Author
    timeZone: string
    locale: string
    idOf: (place: number) => string
  }>,
): Promise<Readonly<{ id: string; count: number; created: boolean }>> {
  const { form, by, locale, idOf } = input
  const { courseId } = form
  await lockEditable(db, { courseId, by })
  const timeZone = (await getSettings(db, courseId)).timeZone ?? input.timeZone
  const facts = factsOf(form, locale)
  const classes = timesOf(form, timeZone, locale).map(({ at }, place) => ({ id: idOf(place), at }))
  const series = form.repeat === 'none' ? null : idOf(0)
  const created = (await insertClasses(db, { ...facts, courseId, series, at: classes })) > 0
  if (created) await remind(db, classes)
  return { id: idOf(0), count: classes.length, created }
}
