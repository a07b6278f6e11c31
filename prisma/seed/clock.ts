import type { Random } from './random'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Midnight UTC of the day that the demo world calls today. */
export type Anchor = Date

/** An instant so many days (fractions allowed) from the anchor; negative is the past. */
export function daysFrom(anchor: Anchor, days: number): Date {
  return new Date(anchor.getTime() + Math.round(days * DAY))
}

/** An instant so many milliseconds after another. */
export function after(instant: Date, milliseconds: number): Date {
  return new Date(instant.getTime() + Math.round(milliseconds))
}

/** How busy the days of a week are, Sunday first: people study after work, and rest on Saturdays. */
const WEEK = [0.65, 1, 1, 0.95, 0.9, 0.7, 0.35] as const
/** How busy the hours of a day are, from 6 o'clock on: lunch and the evening stand out. */
const HOURS = [1, 2, 4, 5, 5, 6, 7, 5, 5, 5, 5, 6, 8, 10, 9] as const
const FIRST_HOUR = 6

function weighted(chance: Random, weights: readonly number[]): number {
  let left = chance.next() * weights.reduce((sum, weight) => sum + weight, 0)
  const found = weights.findIndex((weight) => (left -= weight) < 0)
  return found === -1 ? weights.length - 1 : found
}

/** Milliseconds after their midnight at which somebody sits down: from 6:00 to 20:59. */
export function timeOfDay(chance: Random): number {
  return (FIRST_HOUR + weighted(chance, HOURS)) * HOUR + chance.between(0, 3_599) * 1_000
}

/** A day from `first` to `last` (whole days from the anchor, both included), busy days more often. */
export function busyDay(chance: Random, anchor: Anchor, first: number, last: number): number {
  if (last <= first) return first
  const days = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const weights = days.map((day) => WEEK[daysFrom(anchor, day).getUTCDay()] ?? 1)
  return first + weighted(chance, weights)
}

interface Local {
  /** `YYYY-MM-DD` */
  day: string
  /** 0 to 23 */
  hour: number
}

// Making a formatter costs more than a thousand uses of it.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const numeric = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' } as const
  const made = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...numeric })
  formatters.set(timeZone, made)
  return made
}

/** The day and hour that a clock in a time zone (IANA name) shows at an instant. */
export function localTime(instant: Date, timeZone: string): Local {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) }
}

/** Milliseconds that clocks of a time zone are ahead of UTC (behind: negative) around an instant, in whole hours. */
export function zoneOffset(instant: Date, timeZone: string): number {
  const { hour, day } = localTime(instant, timeZone)
  const ahead = hour - instant.getUTCHours()
  const today = instant.toISOString().slice(0, 10)
  if (day === today) return ahead * HOUR
  return (day > today ? ahead + 24 : ahead - 24) * HOUR
}
