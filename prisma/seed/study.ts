import { after, busyDay, daysFrom, MINUTE, timeOfDay, zoneOffset, type Anchor } from './clock'
import type { BuiltLesson } from './courses'
import type { Random } from './random'

/** Whole days from the anchor, both included. */
export interface Span {
  first: number
  last: number
}

/** When somebody in a time zone sits down on a day: in their daytime, and never after the anchor. */
export function sitDown(chance: Random, anchor: Anchor, day: number, timeZone: string): Date {
  const midnight = daysFrom(anchor, day)
  const moment = after(midnight, timeOfDay(chance) - zoneOffset(midnight, timeZone))
  return moment < anchor ? moment : after(anchor, -chance.between(20, 300) * MINUTE)
}

/**
 * When lessons were finished, one after another: in sittings of one to four, on busy days of the span more often.
 * `everyDay`: one sitting on each day of the span instead, as far as the lessons go round.
 */
export function finishTimes(
  chance: Random,
  anchor: Anchor,
  lessons: readonly BuiltLesson[],
  options: { span: Span; timeZone: string; everyDay: boolean },
): Date[] {
  const { span, timeZone, everyDay } = options
  const days = span.last - span.first + 1
  const sittings = everyDay
    ? Math.min(days, lessons.length)
    : Math.ceil(lessons.length / chance.between(1, 4))
  const starts = Array.from({ length: sittings }, (_, index) => {
    const day = everyDay ? span.last - sittings + 1 + index : busyDay(chance, anchor, span.first, span.last)
    return sitDown(chance, anchor, day, timeZone)
  }).sort((one, other) => one.getTime() - other.getTime())

  let previous = new Date(0)
  return lessons.map((lesson, index) => {
    const start = starts[Math.floor((index * sittings) / lessons.length)] ?? previous
    const begin = start > previous ? start : after(previous, chance.between(1, 9) * MINUTE)
    const end = after(begin, lesson.minutes * MINUTE * (0.8 + chance.next()))
    // What runs past the anchor would lie in the future of whoever looks at it.
    previous = end < anchor ? end : after(anchor, -(lessons.length - index) * MINUTE)
    return previous
  })
}
