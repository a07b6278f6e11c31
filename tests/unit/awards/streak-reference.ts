import fc from 'fast-check'
import { FREEZES, learningDay, type Span } from '#lib/awards/rules/streak'

/** The slow and obvious way to a streak, and histories to try it with. */

const HALF_HOUR = 1_800_000

/** Every day that a zone's calendar had between two moments, by looking at it every half hour. */
function calendar(from: number, to: number, timeZone: string): string[] {
  const days = new Set<string>()
  for (let at = from; at <= to; at += HALF_HOUR) days.add(learningDay(new Date(at), timeZone))
  days.add(learningDay(new Date(to), timeZone))
  return [...days].sort()
}

/** Walks through the calendar day by day with a pocket of freezes. */
export function slowStreak(
  learned: ReadonlySet<string>,
  breaks: readonly Span[],
  now: Date,
  timeZone: string,
) {
  const first = [...learned].sort()[0]
  if (first === undefined) return { days: 0, longest: 0, freezes: 0, covered: [], today: false }
  const today = learningDay(now, timeZone)
  const lived = calendar(Date.parse(first) - 2 * 86_400_000, now.getTime(), timeZone)
  const all = [...new Set([...lived, ...learned])].filter((day) => day >= first).sort()
  let [streak, longest, freezes, total] = [0, 0, 0, 0]
  const covered: string[] = []
  for (const day of all) {
    const free = breaks.some((span) => span.first <= day && day <= span.last)
    if (learned.has(day)) {
      streak += 1
      total += 1
      if (total % FREEZES.everyDays === 0 && freezes < FREEZES.most) freezes += 1
    } else if (day < today && !free && streak > 0) {
      if (freezes > 0) {
        freezes -= 1
        covered.push(day)
      } else streak = 0
    }
    longest = Math.max(longest, streak)
  }
  return {
    days: streak,
    longest,
    freezes,
    covered,
    today: all.some((day) => day >= today && learned.has(day)),
  }
}

const zones = fc.constantFrom(
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'Pacific/Kiritimati', 'Asia/Kathmandu'],
  ...['America/Havana', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Africa/Cairo', 'Pacific/Chatham'],
)

/** Near what is odd: Samoa's missing day, the changes of the clocks; or anywhere. */
const starts = fc.oneof(
  fc.constantFrom(
    ...['2011-12-18', '2011-12-27', '2026-03-05', '2026-03-27', '2026-10-20', '2026-10-30', '2018-11-01'],
  ),
  fc
    .date({ min: new Date('2005-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
)

/** Mostly a lesson a day or several, now and then a gap of days: long enough to earn freezes, and to lose a streak. */
const gaps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 300, max: 1_700 }) },
    { weight: 3, arbitrary: fc.integer({ min: 1_400, max: 3_600 }) },
    { weight: 1, arbitrary: fc.integer({ min: 3_000, max: 9_000 }) },
  ),
  { maxLength: 28 },
)

const pauses = fc.array(fc.record({ after: fc.nat({ max: 30 }), length: fc.nat({ max: 9 }) }), {
  maxLength: 3,
})

type Event = Readonly<{ at: Date; timeZone: string }>

export type History = Readonly<{ events: readonly Event[]; breaks: Span[]; now: Date; timeZone: string }>

/**
 * What somebody did where: moments in the order of time, the zone changing on the way now and then, breaks of the
 * school, and a moment of looking at it, at once or days later.
 */
export const histories: fc.Arbitrary<History> = fc
  .record({
    starts,
    gaps,
    pauses,
    zones: fc.array(zones, { minLength: 1, maxLength: 4 }),
    stays: fc.boolean(),
    later: fc.nat({ max: 7_000 }),
  })
  .map((made) => {
    const start = Date.parse(made.starts)
    const stay = made.stays ? 1 : made.zones.length
    const zoneAt = (index: number) =>
      made.zones[Math.floor((index * stay) / (made.gaps.length + 1))] ?? made.zones[0] ?? 'UTC'
    let at = start
    const moments = [at, ...made.gaps.map((gap) => (at += gap * 60_000))]
    const day = (offset: number) => new Date(start + offset * 86_400_000).toISOString().slice(0, 10)
    return {
      events: moments.map((moment, index) => ({ at: new Date(moment), timeZone: zoneAt(index) })),
      breaks: made.pauses.map(({ after, length }) => ({ first: day(after), last: day(after + length) })),
      now: new Date(at + made.later * 60_000),
      timeZone: zoneAt(moments.length - 1),
    }
  })

/** The days of a history, as the calendars along its way called them. */
export const learnedIn = (events: readonly Event[]): Set<string> =>
  new Set(events.map(({ at, timeZone }) => learningDay(at, timeZone)))
