import { describe, expect, test } from 'vitest'
import { isSlip } from '#lib/grades/rules/plausible'

describe('points that are given by hand', () => {
  test.each([
    ['27', '27', false],
    ['54', '27', false],
    ['54.0001', '27', true],
    ['91', '27', true],
    ['0', '27', false],
    // Nothing can be had: extra work has points all the same.
    ['5', '0', false],
  ])('%s of %s are a slip: %s', (points, most, slip) => {
    expect(isSlip(points, most)).toBe(slip)
  })
})
