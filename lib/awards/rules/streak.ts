/** Days on which somebody learned, one after another. The row itself is moved by lib/db/queries/streaks.ts. */

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    ...({ timeZone, calendar: 'gregory', numberingSystem: 'latn' } as const),
    ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
  })
  formats.set(timeZone, made)
  return made
}

/** The calendar day (`YYYY-MM-DD`) that a moment falls on in a time zone (IANA). */
export function learningDay(at: Date, timeZone: string): string {
  const parts = new Map(
    formatIn(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  return [parts.get('year'), parts.get('month'), parts.get('day')].join('-')
}

const HOUR_MS = 3_600_000

/**
 * The calendar day before the one of `at`: in most places yesterday, but where a whole day was left out of the calendar
 * (Samoa's 30 December 2011) the one before that. Found by going back hour by hour, so no length of a day is assumed.
 */
export function dayBefore(at: Date, timeZone: string): string {
  const today = learningDay(at, timeZone)
  let moment = at.getTime()
  let day = today
  while (day >= today) {
    moment -= HOUR_MS
    day = learningDay(new Date(moment), timeZone)
  }
  return day
}

type Streak = Readonly<{
  /** Days. */
  current: number
  longest: number
  /** `YYYY-MM-DD` in the learner's zone; null: never. */
  lastDay: string | null
}>

/**
 * What is left of a streak at a moment: until the end of the next day it can be continued, after that it is over,
 * although the row still holds it.
 * @returns `today`: whether today counts already
 */
export function streakNow(
  streak: Streak,
  now: Date,
  timeZone: string,
): Readonly<{ days: number; longest: number; today: boolean }> {
  const { current, longest, lastDay } = streak
  const days = lastDay !== null && lastDay >= dayBefore(now, timeZone) ? current : 0
  return { days, longest, today: lastDay !== null && lastDay >= learningDay(now, timeZone) }
}
