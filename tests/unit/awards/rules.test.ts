import { describe, expect, test } from 'vitest'
import { deservedBy } from '#lib/awards/rules/badges'
import { dayBefore, learningDay, streakNow } from '#lib/awards/rules/streak'

describe('a streak as it is shown', () => {
  const streak = { current: 5, longest: 9, lastDay: '2026-03-01' }

  test.each([
    ['2026-03-01T20:00Z', { days: 5, longest: 9, today: true }],
    ['2026-03-02T20:00Z', { days: 5, longest: 9, today: false }],
    ['2026-03-02T23:00Z', { days: 0, longest: 9, today: false }],
  ])('at %s', (now, shown) => {
    expect(streakNow(streak, new Date(now), 'Europe/Berlin')).toEqual(shown)
  })

  test('stands for whoever flew back over the date line, and is nothing before the first day', () => {
    expect(
      streakNow({ ...streak, lastDay: '2026-03-02' }, new Date('2026-03-01T12:00Z'), 'UTC'),
    ).toMatchObject({
      ...{ days: 5, today: true },
    })
    expect(streakNow({ current: 0, longest: 0, lastDay: null }, new Date(), 'UTC')).toMatchObject({ days: 0 })
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
