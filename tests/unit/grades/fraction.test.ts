import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal, fraction, over, plus, rounded, times, unitsOf } from '#lib/grades/rules/fraction'

describe('fractions', () => {
  it('read decimals of up to four places, and nothing else', () => {
    expect(unitsOf('12.5')).toBe(125_000n)
    expect(unitsOf('-0.0001')).toBe(-1n)
    expect(unitsOf('+3')).toBe(30_000n)
    for (const text of ['', '.', '1.', '.5', '1.00001', '1e3', ' 1', '1,5', 'NaN', '٣'])
      expect(() => unitsOf(text), text).toThrow(RangeError)
    expect(() => fraction(1n, 0n)).toThrow(RangeError)
    expect(() => over(decimal('1'), decimal('0'))).toThrow(RangeError)
  })

  it('round half up, away from zero', () => {
    expect(rounded(decimal('0.125'), 2)).toBe('0.13')
    expect(rounded(decimal('-0.125'), 2)).toBe('-0.13')
    expect(rounded(fraction(2n, 3n), 2)).toBe('0.67')
    expect(rounded(fraction(-1n, 3n), 0)).toBe('0')
    expect(rounded(fraction(89_995n, 1_000n), 2)).toBe('90.00')
    expect(rounded(fraction(89_994n, 1_000n), 2)).toBe('89.99')
  })

  const small = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((units) => (units / 10_000).toFixed(4))

  it('add, multiply and divide as decimals with many places do', () => {
    const Exact = Big()
    Exact.DP = 60
    fc.assert(
      fc.property(small, small, small, (a, b, c) => {
        fc.pre(Number(c) !== 0)
        const wanted = new Exact(a).plus(b).times(a).div(c)
        const got = over(times(plus(decimal(a), decimal(b)), decimal(a)), decimal(c))
        expect(rounded(got, 2)).toBe(wanted.round(2, 1).toFixed(2).replace('-0.00', '0.00'))
      }),
    )
  })
})
