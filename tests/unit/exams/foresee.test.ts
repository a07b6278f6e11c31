import { describe, expect, test } from 'vitest'
import { foresee, type Standing } from '#lib/exams/rules/foresee'

// What a regrade means for people, not for attempts.

const SUBMITTED = '2026-10-01T10:00:00.000Z'
const PASS = { counting: 'best', passPercent: 50 } as const

function attempt(id: string, userId: string, score: string | null, counts = false): Standing {
  return {
    ...{ id, userId, counts, score },
    ...{ number: Number(id.slice(1)), maxScore: '10', submittedAt: SUBMITTED },
  }
}

const points = (all: Readonly<Record<string, string | null>>) =>
  new Map(Object.entries(all).map(([id, score]) => [id, { score, maxScore: '10' }]))

describe('a regrade', () => {
  test('makes another attempt the best one, and passes whom it lifts over the mark', () => {
    const all = [attempt('a1', 'ada', '4', true), attempt('a2', 'ada', '3')]
    const seen = foresee(all, points({ a2: '6' }), PASS)
    expect(seen).toEqual({ counting: new Set(['a2']), newlyPassed: 1, newlyFailed: 0 })
  })

  test('that takes points from the best one leaves the grade to the next best, which still passes', () => {
    const all = [attempt('a1', 'ada', '9', true), attempt('a2', 'ada', '7')]
    const seen = foresee(all, points({ a1: '2' }), PASS)
    expect(seen).toEqual({ counting: new Set(['a2']), newlyPassed: 0, newlyFailed: 0 })
  })

  test('of an attempt that doesn’t count changes nobody’s grade', () => {
    const all = [attempt('a1', 'ada', '9', true), attempt('a2', 'ada', '1')]
    expect(foresee(all, points({ a2: '6' }), PASS)).toMatchObject({ newlyPassed: 0, newlyFailed: 0 })
    const newest = [attempt('a1', 'ada', '9'), attempt('a2', 'ada', '1', true)]
    expect(foresee(newest, points({ a1: '2' }), { ...PASS, counting: 'newest' })).toEqual({
      ...{ counting: new Set(['a2']), newlyPassed: 0, newlyFailed: 0 },
    })
  })

  test('counts each person once, and is silent without a mark to pass', () => {
    const all = [
      attempt('a1', 'ada', '9', true),
      attempt('a2', 'ada', '8'),
      attempt('b3', 'bob', '4', true),
      attempt('c4', 'cyd', null, true),
    ]
    const after = points({ a1: '1', a2: '1', b3: '5', c4: null })
    expect(foresee(all, after, PASS)).toMatchObject({ newlyPassed: 1, newlyFailed: 1 })
    expect(foresee(all, after, { ...PASS, passPercent: null })).toMatchObject({
      ...{ newlyPassed: 0, newlyFailed: 0 },
    })
  })
})
