import { expect, test } from 'vitest'
import type { BadgeType } from '#lib/awards/contract'
import { deservedBy, numbersOf } from '#lib/awards/rules/badges'
import { dayPlus, FREEZES, streakNow } from '#lib/awards/rules/streak'
import { translator } from '#lib/i18n/translate'

// What people read of the rules is what the rules do: the numbers are taken out of the words and tried.

const words = translator('en', 'awards.badges')
const rules = translator('en', 'badgeRules')

/** The numbers in a badge's rule as it is read. */
const numbersIn = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number)
const said = (type: BadgeType) => numbersIn(words(`${type}.how`, numbersOf(type)))
const gives = (type: string, event: Parameters<typeof deservedBy>[0]) =>
  deservedBy(event).some((one) => one.type === type)

test.each(['WEEK_STREAK', 'MONTH_STREAK'] as const)('%s comes with the day that it names', (type) => {
  const [days = 0] = said(type)
  expect(days).toBeGreaterThan(1)
  expect(gives(type, { kind: 'streak-moved', days: days - 1 })).toBe(false)
  expect(gives(type, { kind: 'streak-moved', days })).toBe(true)
  expect(numbersIn(words(`${type}.news`, { ...numbersOf(type), course: '' }))).toEqual([days])
})

test('EARLY_BIRD comes from the hour that it names until just before the other', () => {
  const [from = 0, , before = 0] = said('EARLY_BIRD')
  const early = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
    gives('EARLY_BIRD', { kind: 'lesson-completed', hour }),
  )
  expect(early).toEqual(Array.from({ length: before - from }, (_, index) => from + index))
  expect(early.length).toBeGreaterThan(0)
})

test('DEDICATED_LEARNER comes with the number of lessons that it names', () => {
  const [lessons] = said('DEDICATED_LEARNER')
  const deserved = deservedBy({ kind: 'lesson-completed', hour: 12 })
  expect(deserved.find(({ type }) => type === 'DEDICATED_LEARNER')?.lessons).toBe(lessons)
})

test('the others name no number that could be another one', () => {
  for (const type of ['FIRST_LESSON', 'COURSE_COMPLETE', 'PERFECT_SCORE'] as const)
    expect(said(type)).toEqual([])
})

test('a freeze is earned and held as it is said', () => {
  const [every = 0, most = 0] = numbersIn(rules('earn', FREEZES))
  const days = Array.from({ length: every * (most + 1) }, (_, index) => dayPlus('2026-01-01', index))
  const held = (count: number) => {
    const last = days[count - 1] ?? ''
    return streakNow(
      { days: days.slice(0, count), breaks: [], longest: 0 },
      new Date(`${last}T12:00Z`),
      'UTC',
    ).freezes
  }
  expect([held(every - 1), held(every), held(every * most), held(every * (most + 1))]).toEqual([
    0,
    1,
    most,
    most,
  ])
})
