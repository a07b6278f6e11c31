import type { Zoned } from '#lib/exams/rules/zoned'
import { type Repeat, SERIES_MOST } from '../contract/constants'
import { daysBetween, meetingAt, plusDays, weekdayOf, weekStart } from './wall'

/** How a class repeats, by the clock on the wall of its course. */
export type SeriesRule = Readonly<{
  /** The first: `YYYY-MM-DDTHH:mm`. With chosen days the series begins on the first of them from this day on. */
  at: string
  repeat: Repeat
  /** Days or weeks from one to the next: 1 is each. */
  every: number
  /** Of a weekly one, 1 (Monday) to 7; none means the day of `at`. */
  weekdays: readonly number[]
  /** The last day that may have one; null: `times` ends it. */
  until: string | null
  /** How many; null: `until` ends it. */
  times: number | null
}>

export type Occurrence = Readonly<{ local: string }> & Zoned

function takesPlace(rule: SeriesRule, first: string, day: string): boolean {
  if (rule.repeat === 'daily') return daysBetween(first, day) % rule.every === 0
  const weeks = daysBetween(weekStart(first), weekStart(day)) / 7
  const chosen = rule.weekdays.length === 0 ? [weekdayOf(first)] : rule.weekdays
  return weeks % rule.every === 0 && chosen.includes(weekdayOf(day))
}

/** The days of a series; one more than may be shows that there are too many. */
function daysOf(rule: SeriesRule): string[] {
  const first = rule.at.slice(0, 10)
  if (rule.repeat === 'none') return [first]
  const most = Math.min(rule.times ?? Infinity, SERIES_MOST + 1)
  const days: string[] = []
  for (
    let day = first;
    days.length < most && (rule.until === null || day <= rule.until);
    day = plusDays(day, 1)
  )
    if (takesPlace(rule, first, day)) days.push(day)
  return days
}

/**
 * All classes of a rule, in their order, at the same time on the wall whatever the clocks do (see `meetingAt`).
 * @returns 'tooMany' for more than SERIES_MOST, 'none' where no day is in it, null for a date that isn't in the calendar
 */
export function occurrencesOf(
  rule: SeriesRule,
  timeZone: string,
): readonly Occurrence[] | 'tooMany' | 'none' | null {
  if (meetingAt(rule.at, timeZone) === null) return null
  const days = daysOf(rule)
  if (days.length === 0) return 'none'
  if (days.length > SERIES_MOST) return 'tooMany'
  return days.flatMap((day) => {
    const local = `${day}${rule.at.slice(10)}`
    const found = meetingAt(local, timeZone)
    return found === null ? [] : [{ local, ...found }]
  })
}
