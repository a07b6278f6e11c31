import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barsOf, niceTop, percentOf } from '#lib/insight/rules/chart'
import { healthOf } from '#lib/insight/rules/health'
import { topicsOf } from '#lib/insight/rules/topics'

const box = { width: 600, height: 160 }

describe('a chart', () => {
  it('has a top that no value stands above, and that is a number people read at once', () => {
    expect([0, 1, 2, 3, 7, 11, 49, 51, 999, 1_001].map(niceTop)).toEqual([
      2, 2, 2, 3, 8, 20, 50, 60, 1_000, 2_000,
    ])
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (most) => {
        expect(niceTop(most)).toBeGreaterThanOrEqual(most)
        expect(niceTop(most)).toBeLessThanOrEqual(Math.max(2, most * 2 + 1e-6))
      }),
    )
  })

  it('draws heights in proportion, within its box, without overlapping', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 60 }), (values) => {
        const top = niceTop(Math.max(...values))
        const bars = barsOf(values, { ...box, top })
        bars.forEach((bar, index) => {
          expect(bar.height).toBeCloseTo(((values[index] ?? 0) / top) * box.height, 1)
          expect(bar.y + bar.height).toBeCloseTo(box.height, 1)
          expect(bar.x + bar.width).toBeLessThanOrEqual((bars[index + 1]?.x ?? box.width) + 0.01)
        })
      }),
    )
  })
})

it('a share says all and none only where it is all and none', () => {
  expect([
    percentOf(0, 9),
    percentOf(9, 9),
    percentOf(1, 1_000),
    percentOf(999, 1_000),
    percentOf(1, 0),
  ]).toEqual([...[0, 100, 1, 99, 0]])
})

describe('topics', () => {
  it('are tags, or else the exam; a question of two counts in both, and the weakest comes first', () => {
    const topics = topicsOf([
      { tags: ['joins', 'joins'], exam: 'SQL', points: 1, maxPoints: 2 },
      { tags: ['joins', 'sets'], exam: 'SQL', points: 2, maxPoints: 2 },
      { tags: [], exam: 'SQL', points: -1, maxPoints: 2 },
      { tags: ['void'], exam: 'SQL', points: 0, maxPoints: 0 },
    ])
    expect(topics).toEqual([
      { topic: 'SQL', questions: 1, points: 0, maxPoints: 2 },
      { topic: 'joins', questions: 2, points: 3, maxPoints: 4 },
      { topic: 'sets', questions: 1, points: 2, maxPoints: 2 },
    ])
  })
})

describe('how a school fares', () => {
  it.each([
    ['SUSPENDED', 9, 9, 'closed'],
    ['ACTIVE', 0, 9, 'silent'],
    ['ACTIVE', 7, 10, 'shrinking'],
    ['ACTIVE', 8, 10, 'steady'],
    ['ACTIVE', 13, 10, 'growing'],
    ['ACTIVE', 1, 0, 'growing'],
  ] as const)('%s with %d learners after %d is %s', (status, learnersWeek, learnersBefore, state) => {
    expect(healthOf({ status, learnersWeek, learnersBefore })).toBe(state)
  })
})
