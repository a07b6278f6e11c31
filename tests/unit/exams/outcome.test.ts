import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COUNTING, examSettingsSchema, REVIEW_TIMES } from '#lib/exams/contract/settings'
import { whichCounts } from '#lib/exams/rules/counting'
import { mayReview } from '#lib/exams/rules/review'
import { runs } from './questions'

const AT = '2026-03-02T10:00:00Z'
const attempt = (number: number, score: string | null, submittedAt: string | null = AT) => ({
  id: `a${number}`,
  number,
  score,
  submittedAt,
})

describe('which attempt counts', () => {
  const all = [
    attempt(3, '9.5'),
    attempt(1, '9.5'),
    attempt(2, '10.25'),
    attempt(4, null),
    attempt(5, '99', null),
  ]

  test('the best, the newest or the first of those that were handed in', () => {
    expect(COUNTING.map((counting) => whichCounts(all, counting))).toEqual(['a2', 'a4', 'a1'])
  })

  test('of equal scores the earliest, compared as numbers', () => {
    expect(whichCounts([attempt(3, '9.50'), attempt(2, '9.5'), attempt(1, '9.4999')], 'best')).toBe('a2')
    expect(whichCounts([attempt(1, '9'), attempt(2, '10')], 'best')).toBe('a2')
  })

  test('one that waits for its grade displaces none that has one', () => {
    expect(whichCounts([attempt(1, null), attempt(2, '0'), attempt(3, null)], 'best')).toBe('a2')
    expect(whichCounts([attempt(2, null), attempt(3, null)], 'best')).toBe('a2')
  })

  test('none before one was handed in', () => {
    expect(COUNTING.map((counting) => whichCounts([attempt(1, null, null)], counting))).toEqual([
      null,
      null,
      null,
    ])
    expect(whichCounts([], 'best')).toBeNull()
  })

  test('the best is one that no other beats', () => {
    const some = fc.array(fc.tuple(fc.option(fc.integer({ min: 0, max: 5 })), fc.boolean()), { maxLength: 8 })
    fc.assert(
      fc.property(some, (list) => {
        const attempts = list.map(([score, isIn], at) =>
          attempt(at + 1, score === null ? null : String(score), isIn ? AT : null),
        )
        const handedIn = attempts.filter(({ submittedAt }) => submittedAt !== null)
        const highest = Math.max(...handedIn.map(({ score }) => Number(score ?? -1)))
        const expected = handedIn.find(({ score }) => Number(score ?? -1) === highest)
        expect(whichCounts(attempts.toReversed(), 'best')).toBe(expected?.id ?? null)
      }),
      runs(100),
    )
  })
})

describe('what a learner may review', () => {
  const shows = { score: true, answers: true, key: true }
  const rules = (when: string, some: object = shows) =>
    examSettingsSchema.parse({ review: { when, ...some } })
  const done = { submittedAt: AT, gradedAt: AT, releasedAt: AT, closedForAll: true }
  const nothing = { score: false, answers: false, key: false }

  test('nothing of an attempt that runs, whatever the settings', () => {
    for (const when of REVIEW_TIMES)
      expect(mayReview(rules(when), { ...done, submittedAt: null })).toEqual({
        ...nothing,
        reason: 'not-submitted',
      })
  })

  test('all that the settings show, once it is time', () => {
    for (const when of ['after-submission', 'after-close', 'after-release'])
      expect(mayReview(rules(when), done)).toEqual({ ...shows, reason: 'open' })
    expect(mayReview(rules('after-submission', { key: false }), done)).toEqual({
      ...shows,
      key: false,
      reason: 'open',
    })
  })

  test('nothing before', () => {
    expect(mayReview(rules('after-close'), { ...done, closedForAll: false })).toEqual({
      ...nothing,
      reason: 'after-close',
    })
    expect(mayReview(rules('after-release'), { ...done, releasedAt: null })).toEqual({
      ...nothing,
      reason: 'after-release',
    })
    expect(mayReview(rules('never'), done)).toEqual({ ...nothing, reason: 'never' })
    expect(mayReview(rules('after-submission', nothing), done)).toEqual({ ...nothing, reason: 'never' })
  })

  test('no score while a question waits for a person', () => {
    expect(mayReview(rules('after-submission'), { ...done, gradedAt: null })).toEqual({
      ...shows,
      score: false,
      reason: 'not-graded',
    })
  })
})
