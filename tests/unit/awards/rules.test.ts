import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deservedBy } from '#lib/awards/rules/badges'
import { dayBefore, dayPlus, learningDay, type Span, streakNow, stripOf } from '#lib/awards/rules/streak'
import { histories, learnedIn, slowStreak } from './streak-reference'

/** So many days in a row from 1 March 2026. */
const row = (count: number, first = '2026-03-01') =>
  Array.from({ length: count }, (_, index) => dayPlus(first, index))
const at = (day: string, hour = 12) => new Date(`${day}T${String(hour).padStart(2, '0')}:00Z`)
const now = (days: readonly string[], day: string, breaks: readonly Span[] = [], longest = 0) =>
  streakNow({ days, breaks, longest }, at(day), 'UTC')

describe('a streak as it is shown', () => {
  const facts = { days: row(5, '2026-02-25'), breaks: [], longest: 9 }

  test.each([
    ['2026-03-01T20:00Z', { days: 5, longest: 9, today: true }],
    ['2026-03-02T20:00Z', { days: 5, longest: 9, today: false }],
    ['2026-03-02T23:00Z', { days: 0, longest: 9, today: false }],
  ])('at %s', (moment, shown) => {
    expect(streakNow(facts, new Date(moment), 'Europe/Berlin')).toMatchObject(shown)
  })

  test('stands for whoever flew back over the date line, and is nothing before the first day', () => {
    expect(now(row(5, '2026-02-26'), '2026-03-01')).toMatchObject({ days: 5, today: true })
    expect(now([], '2026-03-01', [], 4)).toMatchObject({ days: 0, longest: 4, freezes: 0, untilFreeze: 7 })
  })

  test('has missed nothing of a day that isn’t over, whatever was learned on the other side of the date line', () => {
    expect(now(['2026-03-01', '2026-03-03'], '2026-03-02')).toMatchObject({ days: 2, today: true })
  })

  test.each([
    ['2026-03-29T10:00Z', 'Europe/Berlin', '2026-03-29', '2026-03-28'],
    ['2026-10-25T22:30Z', 'Europe/Berlin', '2026-10-25', '2026-10-24'],
    ['2011-12-30T10:00Z', 'Pacific/Apia', '2011-12-31', '2011-12-29'],
    ['2026-11-01T05:30Z', 'America/Havana', '2026-11-01', '2026-10-31'],
    ['2026-01-01T00:00Z', 'Pacific/Kiritimati', '2026-01-01', '2025-12-31'],
  ])('%s in %s is %s, after %s', (at, zone, day, before) => {
    expect([learningDay(new Date(at), zone), dayBefore(new Date(at), zone)]).toEqual([day, before])
  })
})

describe('a freeze', () => {
  test('is earned on every seventh day of learning, and two are held', () => {
    const held = (count: number) => now(row(count), dayPlus('2026-03-01', count - 1))
    expect([6, 7, 13, 14, 21].map((count) => held(count).freezes)).toEqual([0, 1, 1, 2, 2])
    expect([1, 6, 7, 13, 14].map((count) => held(count).untilFreeze)).toEqual([6, 1, 7, 1, null])
  })

  test('covers a missed day by itself, and the streak goes on where it stood', () => {
    expect(now(row(7), '2026-03-09')).toMatchObject({
      days: 7,
      freezes: 0,
      lately: 1,
      covered: ['2026-03-08'],
    })
    expect(now([...row(7), '2026-03-09'], '2026-03-09')).toMatchObject({ days: 8, lately: 0, freezes: 0 })
    expect(now(row(14), '2026-03-17')).toMatchObject({ days: 14, freezes: 0, lately: 2 })
    expect(now(row(14), '2026-03-18')).toMatchObject({ days: 0, longest: 14, lately: 0 })
  })

  test('is none used for a day that isn’t over, of a break, or after the streak has ended', () => {
    expect(now(row(7), '2026-03-08')).toMatchObject({ days: 7, freezes: 1, lately: 0 })
    const holidays = { first: '2026-03-08', last: '2026-03-21' }
    expect(now(row(7), '2026-03-22', [holidays])).toMatchObject({ days: 7, freezes: 1, pause: null })
    expect(now(row(7), '2026-03-10', [holidays])).toMatchObject({ days: 7, pause: holidays })
    expect(now([...row(7), '2026-03-20'], '2026-04-30').covered).toEqual(['2026-03-08'])
  })

  test('comes back when the day that it covered arrives after all', () => {
    const late = [...row(8), '2026-03-09']
    expect(now(late, '2026-03-09')).toMatchObject({ days: 9, freezes: 1, covered: [] })
  })
})

describe('any history of learning', () => {
  test('gives what walking through the calendar day by day gives', () => {
    const seen = { frozen: 0, lost: 0, paused: 0, moved: 0 }
    fc.assert(
      fc.property(histories, ({ events, breaks, now: moment, timeZone }) => {
        const learned = learnedIn(events)
        const facts = { days: [...learned].sort(), breaks, longest: 0 }
        const fast = streakNow(facts, moment, timeZone)
        const slow = slowStreak(learned, breaks, moment, timeZone)
        expect(fast).toMatchObject(slow)
        seen.frozen += Number(fast.covered.length > 0)
        seen.lost += Number(fast.days === 0)
        seen.paused += Number(facts.breaks.length > 0)
        seen.moved += Number(new Set(events.map((event) => event.timeZone)).size > 1)
      }),
      { numRuns: 500 },
    )
    // It can only prove something about what it has met.
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(30)
  }, 60_000)

  test('never gets worse by a break more, and learning today adds to the streak that there is', () => {
    fc.assert(
      fc.property(histories, fc.nat({ max: 40 }), ({ events, breaks, now: moment, timeZone }, offset) => {
        const days = [...learnedIn(events)].sort()
        const seenNow = (learned: string[], pauses: readonly Span[]) =>
          streakNow({ days: learned, breaks: pauses, longest: 0 }, moment, timeZone)
        const before = seenNow(days, breaks)
        const day = dayPlus(days[0] ?? '', offset)
        expect(seenNow(days, [...breaks, { first: day, last: day }]).days).toBeGreaterThanOrEqual(before.days)
        if (before.today) return
        const more = [...days, learningDay(moment, timeZone)]
        expect(seenNow(more, breaks)).toMatchObject({ days: before.days + 1, today: true })
      }),
      { numRuns: 500 },
    )
  }, 60_000)
})

describe('the calendar of a profile', () => {
  test('has twelve weeks from Monday on, until today, and says of each day what it was', () => {
    const facts = { days: row(7), breaks: [{ first: '2026-03-10', last: '2026-03-11' }], longest: 0 }
    const weeks = stripOf(facts, ['2026-03-08'], '2026-03-11')
    expect(weeks.map(({ first }) => first)).toEqual(
      row(12).map((_, index) => dayPlus('2025-12-22', index * 7)),
    )
    expect(weeks.at(-1)?.days.map(({ state }) => state)).toEqual(['free', 'break', 'break'])
    expect(weeks.at(-2)?.days.map(({ state }) => state)).toEqual([
      ...['learned', 'learned', 'learned', 'learned', 'learned', 'learned', 'frozen'],
    ])
    expect(weeks.at(0)?.days).toHaveLength(7)
  })
})

describe('badges', () => {
  const types = (event: Parameters<typeof deservedBy>[0]) => deservedBy(event).map(({ type }) => type)

  test.each([
    [3, false],
    [4, true],
    [7, true],
    [8, false],
    [23, false],
  ])('of an early hour: %i is %s', (hour, early) => {
    expect(types({ kind: 'lesson-completed', hour }).includes('EARLY_BIRD')).toBe(early)
  })

  test.each([
    [6, []],
    [7, ['WEEK_STREAK']],
    [29, ['WEEK_STREAK']],
    [30, ['WEEK_STREAK', 'MONTH_STREAK']],
  ])('of %i days: %s', (days, expected) => {
    expect(types({ kind: 'streak-moved', days })).toEqual(expected)
  })

  test('of an exam: all of its points, and there must be some', () => {
    expect(types({ kind: 'exam-scored', points: 9.5, most: 10 })).toEqual([])
    expect(types({ kind: 'exam-scored', points: 10, most: 10 })).toEqual(['PERFECT_SCORE'])
    expect(types({ kind: 'exam-scored', points: 0, most: 0 })).toEqual([])
  })
})
