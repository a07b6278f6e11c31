import type { CalendarDay, Piece } from '#lib/calendar/contract'
import { formatter, translator } from '#lib/i18n/translate'

type DayParts = Readonly<{
  weekday?: 'long' | 'short'
  day?: 'numeric'
  month?: 'long' | 'short'
  year?: 'numeric'
}>

/** A day of the calendar as words say it; it has no zone of its own. */
export function dayInWords(
  locale: string,
  day: string,
  parts: DayParts = { weekday: 'long', day: 'numeric', month: 'long' },
): string {
  return formatter(locale, 'UTC').dateTime(new Date(`${day}T00:00:00Z`), parts)
}

const hourIn = (locale: string, timeZone: string, at: Date): string =>
  formatter(locale, timeZone).dateTime(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** What an entry is on one of its days: `Due`, `Exam opens`, … */
export function kindOf(locale: string, { entry, part }: Piece): string {
  const t = translator(locale, 'calendar')
  if (entry.kind !== 'exam') return t(`kinds.${entry.kind}`)
  if (part === 'middle') return t('exam.open')
  if (part === 'last' || entry.from === null) return t('exam.closes')
  if (part === 'first' || entry.to === null) return t('exam.opens')
  return t('kinds.exam')
}

/** The hour that matters on that day; null: the whole day. */
export function hourOf(locale: string, timeZone: string, { entry, part }: Piece): string | null {
  const { from, to, kind } = entry
  if (part === 'middle') return null
  if (part === 'last' || from === null) return to === null ? null : hourIn(locale, timeZone, to)
  const begins = hourIn(locale, timeZone, from)
  const both = part === 'single' && to !== null && kind !== 'assignment'
  return both ? `${begins}–${hourIn(locale, timeZone, to)}` : begins
}

/** The address of the same calendar with something else. */
export function addressOf(
  given: Readonly<{ view?: string | null; on?: string; course?: string | null }>,
): string {
  const query = new URLSearchParams()
  if (given.view != null) query.set('view', given.view)
  if (given.on !== undefined) query.set('on', given.on)
  if (given.course != null) query.set('course', given.course)
  return query.size === 0 ? '/calendar' : `/calendar?${query.toString()}`
}

/** How many entries a day has, in words. */
export function dayLabel(locale: string, { day, pieces }: CalendarDay): string {
  return translator(locale, 'calendar')('dayLink', { day: dayInWords(locale, day), count: pieces.length })
}
