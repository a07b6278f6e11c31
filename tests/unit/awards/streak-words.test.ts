import { describe, expect, test } from 'vitest'
import { streakWords } from '../../../components/awards/streak-words'
import { dayPlus, type Span, streakNow } from '#lib/awards/rules/streak'

// What a learner reads of their streak: exact, and kind to whoever stayed away.

const row = (count: number, first = '2026-03-01') =>
  Array.from({ length: count }, (_, n) => dayPlus(first, n))

function read(days: readonly string[], today: string, breaks: readonly Span[] = [], longest = 0): string {
  const streak = streakNow({ days, breaks, longest }, new Date(`${today}T12:00Z`), 'UTC')
  const { headline, lines } = streakWords('en', streak, today)
  return [headline, ...lines].join(' ')
}

test.each([
  [
    'the first day',
    row(1),
    '2026-03-01',
    '1 day Today counts already. No freeze yet. 6 more days of learning earn one.',
  ],
  [
    'the day after',
    row(7),
    '2026-03-08',
    '7 days Complete a lesson today to add to it. You have 1 freeze. 7 more days of learning earn one.',
  ],
  [
    'a freeze',
    row(14),
    '2026-03-16',
    '14 days Complete a lesson today to add to it. Yesterday was covered by a freeze. You have 1 left.',
  ],
  [
    'two freezes',
    row(14),
    '2026-03-17',
    '14 days Complete a lesson today to add to it. 2 days were covered by freezes. You have none left.',
  ],
  [
    'back after one',
    [...row(7), '2026-03-09'],
    '2026-03-09',
    '8 days Today counts already. Yesterday was covered by a freeze. You have none left.',
  ],
  [
    'as many as can be',
    row(14),
    '2026-03-14',
    '14 days Today counts already. You have 2 freezes. More can’t be held.',
  ],
  [
    'before the first',
    [],
    '2026-03-01',
    'A new streak is one lesson away Complete a lesson, and your first streak begins.',
  ],
] as const)('%s', (_when, days, today, words) => {
  expect(read(days, today)).toBe(words)
})

test('a break says until when, and that nothing is missed', () => {
  expect(read(row(3), '2026-03-06', [{ first: '2026-03-04', last: '2026-03-10' }])).toBe(
    '3 days School break until March 10, 2026. No day is missed. No freeze yet. 4 more days of learning earn one.',
  )
})

describe('a streak that ended', () => {
  test('is spoken of as what comes next, and never as what was lost', () => {
    const words = read(row(3), '2026-04-20', [], 12)
    expect(words).toBe(
      'A new streak is one lesson away It begins with your next lesson, whenever that suits you.',
    )
    expect(words).not.toMatch(/lost|broke|fail|miss|sorry|gone|only/i)
  })
})
