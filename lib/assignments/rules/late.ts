import type Big from 'big.js'
import { Points } from '#lib/exams/rules/decimal'
import { instantOf, localOf } from '#lib/exams/rules/zoned'

/**
 * When a piece of work is late, and what that costs.
 *
 * - Work is due at an instant. A grace of some minutes lies behind it: whoever hands in before it ends is on time. An
 *   extension puts another instant in the place of the due date for one person; everything else follows from it.
 * - Behind the grace, days of lateness count from the due date and not from the grace's end. A day ends when the clock
 *   on the wall of the course's time zone shows the same time again: across a change of the clocks it has 23 or 25
 *   hours. Each day that has begun counts whole.
 * - Each day takes off a percentage of the points that the work could have got, but never takes the grade below a floor:
 *   a percentage of the same points. A grade that is below the floor anyway keeps what it has.
 * - After the last day that the policy allows, nothing more is taken in. That instant is never before the grace's end.
 */
export type LatePolicy = Readonly<{
  /** Whole minutes, 0 or more. */
  graceMinutes: number
  /** Percent of the assignment's points, 0 to 100, decimal text. */
  percentPerDay: string
  /** Percent of the assignment's points below which lateness takes nothing, 0 to 100, decimal text. */
  floorPercent: string
  /** Whole days after the due date until which work is taken in; null: for ever. */
  daysOpen: number | null
}>

const MINUTE = 60_000
/** Lateness beyond it costs no more: at a hundredth of a percent a day everything is gone by then. */
const DAYS_MOST = 10_000
const DAY = 24 * 60 * MINUTE

/** What is due when for one person. An extension that is earlier than the date of everybody takes nothing away. */
export function ownDue(dueDate: Date | null, extendedTo: Date | null): Date | null {
  if (dueDate === null || extendedTo === null) return dueDate
  return extendedTo > dueDate ? extendedTo : dueDate
}

const graceEnd = (due: Date, { graceMinutes }: LatePolicy): number => due.getTime() + graceMinutes * MINUTE

/** The instant at which the wall clock of a zone shows the time of `from` again, some days later. */
export function daysAfter(from: Date, days: number, timeZone: string): Date {
  const wall = localOf(from, timeZone)
  const then = new Date(`${wall}:00Z`)
  then.setUTCDate(then.getUTCDate() + days)
  // Twice or never there that day: the later of the two, in favour of whoever hands in.
  const found = instantOf(then.toISOString().slice(0, 16), timeZone, 'closing')
  if (found === null) throw new RangeError('Beyond the calendar.')
  // What is below a minute is the same in every zone of today.
  return new Date(found.at.getTime() + (from.getTime() % MINUTE))
}

/** The last instant at which work is taken in; null: there is none. */
export function closingOf(due: Date | null, policy: LatePolicy, timeZone: string): Date | null {
  if (due === null || policy.daysOpen === null) return null
  const last = daysAfter(due, policy.daysOpen, timeZone)
  return new Date(Math.max(last.getTime(), graceEnd(due, policy)))
}

/** Days late, each begun one whole; 0: on time. */
export function daysLate(due: Date | null, at: Date, policy: LatePolicy, timeZone: string): number {
  if (due === null || at.getTime() <= graceEnd(due, policy)) return 0
  // A day has 23 to 25 hours, or anything when a zone changes its mind about the date: the guess is a day or two off.
  const guess = Math.ceil((at.getTime() - due.getTime()) / DAY)
  if (guess > DAYS_MOST) return DAYS_MOST
  let days = Math.max(1, guess - 2)
  while (daysAfter(due, days, timeZone) < at) days += 1
  return days
}

/** Points that lateness takes off a grade: decimals of up to 4 places, never more than lead down to the floor. */
export function lateDeduction(
  input: Readonly<{ points: string; maxPoints: string; days: number; policy: LatePolicy }>,
): Big {
  const { points, maxPoints, days, policy } = input
  const percentOf = (percent: Big): Big => new Points(maxPoints).times(percent).div(100)
  const wanted = percentOf(new Points(policy.percentPerDay).times(days))
  const above = new Points(points).minus(percentOf(new Points(policy.floorPercent)))
  const most = above.lt(0) ? new Points(0) : above
  return wanted.gt(most) ? most : wanted
}
