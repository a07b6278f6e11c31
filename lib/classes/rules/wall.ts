import { instantOf, localOf, type Zoned } from '#lib/exams/rules/zoned'

/**
 * Days and times by the clock on a wall, for what takes place at an hour: classes and calendars. What an exam or a
 * deadline makes of a change of the clocks favours whoever sits it (lib/exams/rules/zoned.ts); a meeting has one hour
 * for all, and it is the one that calendars give (RFC 5545, 3.3.5):
 *
 * - A time that the clocks skip is as much later as they are moved on: 2:30 becomes 3:30.
 * - A time that comes twice is the first of the two.
 */
export function meetingAt(local: string, timeZone: string): Zoned | null {
  const first = instantOf(local, timeZone, 'opening')
  return first?.happens === 'never' ? instantOf(local, timeZone, 'closing') : first
}

const DAY = 86_400_000

/** The calendar day (`YYYY-MM-DD`) that an instant falls on in a zone (IANA). */
export function dayIn(at: Date, timeZone: string): string {
  return localOf(at, timeZone).slice(0, 10)
}

/** The first instant of a day in a zone: midnight, or the hour that the clocks show first where midnight is skipped. */
export function dayStart(day: string, timeZone: string): Date {
  const found = meetingAt(`${day}T00:00`, timeZone)
  if (found === null) throw new RangeError('Not a day of the calendar.')
  return found.at
}

/** Another day of the calendar, so many later (negative: earlier). */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/** Days from one to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY)
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

/** The Monday of a day's week. */
export function weekStart(day: string): string {
  return plusDays(day, 1 - weekdayOf(day))
}

const MINUTE = 60_000
const utcOf = (local: string): number => Date.parse(`${local}:00Z`)

/** Minutes that the wall's clock moves from one time to another, as if no clock were ever changed. */
export function wallMinutes(from: string, to: string): number {
  return Math.round((utcOf(to) - utcOf(from)) / MINUTE)
}

/** A time on the wall, so many minutes on. */
export function wallPlus(local: string, minutes: number): string {
  return new Date(utcOf(local) + minutes * MINUTE).toISOString().slice(0, 16)
}
