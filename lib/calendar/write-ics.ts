import 'server-only'
import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { translator } from '#lib/i18n/translate'
import type { CalendarEntry } from './contract'
import { hrefOf } from './rules/days'

/** Seconds after which programs may ask again. */
const TTL = 3_600

/** One line of plain words: a break in a title would begin a line of the file, were it not escaped. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

function summaryOf(locale: string, { kind, title, from, to }: CalendarEntry): string {
  const t = translator(locale, 'calendar.ics')
  const about = { title: oneLine(title) }
  if (kind === 'class') return t('class', about)
  if (kind === 'assignment') return t('due', about)
  if (kind === 'lesson') return t('opens', about)
  if (from !== null && to !== null) return t('examWindow', about)
  return t(from === null ? 'examCloses' : 'examOpens', about)
}

type Frame = Readonly<{
  /** For the ids of entries: they never change. */
  tenantId: string
  schoolName: string
  /** `https://acme.smartlms.example` */
  origin: string
  locale: string
  now: Date
}>

function eventOf(entry: CalendarEntry, start: Date, { tenantId, origin, locale, now }: Frame) {
  const { kind, id, to, from, courseTitle, platform, cancelled, sequence, updatedAt } = entry
  const t = translator(locale, 'calendar.ics')
  const isClass = kind === 'class'
  const link = `${origin}${hrefOf(entry, now)}`
  return {
    id: `${kind}-${id}@${tenantId}.smartlms`,
    ...{ start, ...(from === null || to === null ? {} : { end: to }) },
    summary: summaryOf(locale, entry),
    description: t('at', { course: oneLine(courseTitle), link }),
    url: link,
    ...(isClass && platform !== null
      ? { location: t('online', { platform: translator(locale, 'classes.platforms')(platform) }) }
      : {}),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    // Only a class takes somebody's time; a deadline is a mark in it.
    transparency: isClass && !cancelled ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
    ...{ sequence, stamp: updatedAt, lastModified: updatedAt },
  }
}

/**
 * A calendar as RFC 5545 has it, all times in UTC. The same entries give the same text. A meeting's address is not in
 * it: the link leads to the class's page, which knows when it may be seen.
 */
export function writeIcs(entries: readonly CalendarEntry[], frame: Frame): string {
  const calendar = ical({
    name: oneLine(translator(frame.locale, 'calendar.ics')('name', { school: frame.schoolName })),
    prodId: { company: 'SmartLMS', product: 'Calendar', language: 'EN' },
    ttl: TTL,
  })
  for (const entry of entries) {
    const start = entry.from ?? entry.to
    if (start !== null) calendar.createEvent(eventOf(entry, start, frame))
  }
  return calendar.toString()
}
