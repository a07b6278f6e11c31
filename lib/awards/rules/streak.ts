/**
 * Streaks and freezes. Both follow from the days on which somebody learned, the school's breaks and what day it is, and
 * from nothing else: whatever order things arrive in, however often, and without anybody having to count at midnight.
 */

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

/** A freeze is earned on every so many days of learning; nobody holds more than `most`. */
export const FREEZES = { everyDays: 7, most: 2 } as const

/** Days, `YYYY-MM-DD`, both included. */
export type Span = Readonly<{ first: string; last: string }>

export type StreakFacts = Readonly<{
  /** `YYYY-MM-DD` as the learner's calendar called them, each once, in order. */
  days: readonly string[]
  /** In which nobody of the school misses a day. */
  breaks: readonly Span[]
  /** Days of the longest streak that is on record: it is never taken back. */
  longest: number
}>

export type StreakNow = Readonly<{
  /** Days of learning in the streak that lasts; 0: none does. */
  days: number
  longest: number
  /** Whether today counts already. */
  today: boolean
  /** Days of learning in all. */
  learned: number
  /** Freezes that are held. */
  freezes: number
  /** Days of learning until the next freeze; null where no more can be held. */
  untilFreeze: number | null
  /** Days since the last day of learning that freezes covered, and that kept this streak. */
  lately: number
  /** All days that freezes covered. */
  covered: readonly string[]
  /** The break that today lies in. */
  pause: Span | null
}>

const DAY_MS = 86_400_000

/** The date so many days later, by the calendar alone. */
export function dayPlus(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)
}

/** Whether a zone's calendar has a day: Samoa left one out. Offsets lie within fourteen hours of UTC. */
function exists(day: string, timeZone: string): boolean {
  const start = Date.parse(day)
  return [12, 0, 23].some((hour) => learningDay(new Date(start + hour * HOUR_MS), timeZone) === day)
}

/** The span among `breaks` that a day lies in. */
function breakOn(day: string, breaks: readonly Span[]): Span | null {
  return breaks.find(({ first, last }) => first <= day && day <= last) ?? null
}

type Walk = { current: number; freezes: number; covered: string[] }

/**
 * What the days between two others do, neither included: one of a break, or one that the calendar left out, nothing;
 * any other uses a freeze, or, where there is none, ends the streak. From `today` on nothing is missed yet, whatever
 * somebody did on the other side of the date line.
 */
function pass(walk: Walk, from: string, to: string, rests: (day: string) => boolean): void {
  for (let day = dayPlus(from, 1); day < to && walk.current > 0; day = dayPlus(day, 1)) {
    if (rests(day)) continue
    if (walk.freezes === 0) walk.current = 0
    else {
      walk.freezes -= 1
      walk.covered.push(day)
    }
  }
}

/**
 * Where a streak stands at a moment. Today is never missed: it lasts until its end.
 * Every day of learning adds one to the streak; days that a freeze covered, or of a break, add nothing and end nothing.
 * @param timeZone IANA, the learner's
 */
export function streakNow(facts: StreakFacts, now: Date, timeZone: string): StreakNow {
  const { days, breaks } = facts
  const rests = (day: string) => breakOn(day, breaks) !== null || !exists(day, timeZone)
  const today = learningDay(now, timeZone)
  const walk: Walk = { current: 0, freezes: 0, covered: [] }
  let longest = facts.longest
  days.forEach((day, index) => {
    pass(walk, days[index - 1] ?? day, day < today ? day : today, rests)
    walk.current += 1
    longest = Math.max(longest, walk.current)
    if ((index + 1) % FREEZES.everyDays === 0) walk.freezes = Math.min(walk.freezes + 1, FREEZES.most)
  })
  const last = days.at(-1)
  const before = walk.covered.length
  if (last !== undefined) pass(walk, last, today, rests)
  const { current, freezes, covered } = walk
  return {
    ...{ days: current, longest, freezes, covered, learned: days.length },
    today: last !== undefined && last >= today,
    untilFreeze: freezes === FREEZES.most ? null : FREEZES.everyDays - (days.length % FREEZES.everyDays),
    lately: current === 0 ? 0 : covered.length - before,
    pause: breakOn(today, breaks),
  }
}

export type StripState = 'learned' | 'frozen' | 'break' | 'free'

export type StripWeek = Readonly<{
  /** Its Monday. */
  first: string
  days: readonly Readonly<{ day: string; state: StripState }>[]
}>

/** Weeks that the calendar of a profile shows. */
const STRIP_WEEKS = 12

/** The last weeks, Monday to Sunday, the last one until today. */
export function stripOf(facts: StreakFacts, covered: readonly string[], today: string): StripWeek[] {
  const learned = new Set(facts.days)
  const frozen = new Set(covered)
  const stateOf = (day: string): StripState => {
    if (learned.has(day)) return 'learned'
    if (frozen.has(day)) return 'frozen'
    return breakOn(day, facts.breaks) === null ? 'free' : 'break'
  }
  const monday = dayPlus(today, -((new Date(Date.parse(today)).getUTCDay() + 6) % 7))
  return Array.from({ length: STRIP_WEEKS }, (_, index) => {
    const first = dayPlus(monday, (index + 1 - STRIP_WEEKS) * 7)
    const days = Array.from({ length: 7 }, (_unused, place) => dayPlus(first, place))
    return { first, days: days.filter((day) => day <= today).map((day) => ({ day, state: stateOf(day) })) }
  })
}
