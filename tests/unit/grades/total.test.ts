import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lowest, type Scored } from '#lib/grades/rules/drop'
import { letterOf } from '#lib/grades/rules/letters'
import {
  type GradeCell,
  type GradedCategory,
  type GradedItem,
  type Scheme,
  totalOf,
} from '#lib/grades/rules/total'

const item = (id: string, maxPoints: string, categoryId: string | null = null, extraCredit = false) => ({
  ...{ id, maxPoints, categoryId, extraCredit },
})
const category = (id: string, weight: string, dropLowest = 0, extraCredit = false) => ({
  ...{ id, weight, dropLowest, extraCredit },
})
const cell = (itemId: string, points: string | null, excused = false) => ({ itemId, points, excused })

const byPoints: Scheme = { weighted: false, missing: 'skip' }
const byWeights: Scheme = { weighted: true, missing: 'skip' }

describe('a grade', () => {
  it('by points is all points of all possible ones', () => {
    const total = totalOf(
      [item('a', '10'), item('b', '30')],
      [],
      [cell('a', '9'), cell('b', '15.5')],
      byPoints,
    )
    expect(total.percent).toBe('61.25')
    expect(total.categories).toEqual([
      {
        ...{ id: null, points: '24.5', maxPoints: '40', percent: '61.25', share: '100.00' },
        items: [
          { id: 'a', state: 'counts' },
          { id: 'b', state: 'counts' },
        ],
      },
    ])
  })

  it('by weights is the mean of the categories that are worth something', () => {
    const categories = [category('tests', '60'), category('essays', '30'), category('labs', '10')]
    const items = [item('t', '50', 'tests'), item('e', '20', 'essays'), item('l', '5', 'labs')]
    const total = totalOf(items, categories, [cell('t', '40'), cell('e', '10')], byWeights)
    // (60 · 0.8 + 30 · 0.5) / 90
    expect(total.percent).toBe('70.00')
    expect(total.categories.map(({ percent, share }) => [percent, share])).toEqual([
      ['80.00', '66.67'],
      ['50.00', '33.33'],
      [null, null],
    ])
  })

  it('leaves out the lowest, excuses, and counts what is missing as it is told', () => {
    const categories = [category('c', '1', 1)]
    const items = ['1', '2', '3', '4'].map((id) => item(id, '10', 'c'))
    const cells = [cell('1', '2'), cell('2', '8'), cell('3', '9', true)]
    const now = totalOf(items, categories, cells, byPoints)
    expect(now.percent).toBe('80.00')
    expect(now.categories[0]?.items.map(({ state }) => state)).toEqual([
      'dropped',
      'counts',
      'excused',
      'missing',
    ])
    const then = totalOf(items, categories, cells, { weighted: false, missing: 'zero' })
    expect(then.percent).toBe('50.00')
    expect(then.categories[0]?.items.map(({ state }) => state)).toEqual([
      'counts',
      'counts',
      'excused',
      'dropped',
    ])
  })

  it('takes extra credit on top: of an item, of a category, and where nothing else is possible', () => {
    const categories = [category('c', '100'), category('bonus', '5', 0, true)]
    const items = [
      item('a', '20', 'c'),
      item('x', '5', 'c', true),
      item('b', '10', 'bonus'),
      item('z', '0', 'c'),
    ]
    const cells = [cell('a', '18'), cell('x', '3'), cell('b', '8'), cell('z', '1')]
    // 22 of 20, and four fifths of five percent.
    expect(totalOf(items, categories, cells, byWeights).percent).toBe('114.00')
    expect(totalOf(items, categories, cells, byPoints).percent).toBe('150.00')
    expect(totalOf(items, categories, [cell('x', '3')], byWeights).percent).toBeNull()
    expect(totalOf([], [], [], byPoints)).toEqual({ percent: null, categories: [] })
  })

  it('counts an item without a category nowhere by weights, and of one that is gone as without', () => {
    const items = [item('a', '10', 'c'), item('b', '10'), item('g', '10', 'gone')]
    const cells = [cell('a', '5'), cell('b', '10'), cell('g', '10')]
    const total = totalOf(items, [category('c', '1')], cells, byWeights)
    expect(total.percent).toBe('50.00')
    expect(total.categories[1]).toMatchObject({ id: null, percent: '100.00', share: null })
  })

  it('has the letter of the number that is shown', () => {
    const letters = [
      { name: 'A', from: '90' },
      { name: 'B', from: '80' },
      { name: 'F', from: '0' },
    ]
    const { percent } = totalOf([item('a', '100')], [], [cell('a', '89.995')], byPoints)
    expect([percent, letterOf(percent, letters)]).toEqual(['90.00', 'A'])
    expect(letterOf('89.99', letters)).toBe('B')
    expect(letterOf('-3.00', letters)).toBeNull()
    expect(letterOf(null, letters)).toBeNull()
  })
})

// The same, slowly: fractions that nobody shortens, and every choice of what to leave out tried.
type Slow = readonly [bigint, bigint]
const units = (text: string): bigint => BigInt(Math.round(Number(text) * 10_000))
const add = ([a, b]: Slow, [c, d]: Slow): Slow => [a * d + c * b, b * d]
const more = ([a, b]: Slow, [c, d]: Slow): boolean => a * d > c * b

function shown([top, bottom]: Slow): string {
  const [sign, size] = top < 0n ? ['-', -top] : ['', top]
  const cents = (size * 20_000n + bottom) / (2n * bottom)
  const text = cents.toString().padStart(3, '0')
  return `${cents === 0n ? '' : sign}${text.slice(0, -2)}.${text.slice(-2)}`
}

function subsets<T>(all: readonly T[], size: number): T[][] {
  if (size === 0) return [[]]
  return all.flatMap((one, place) => subsets(all.slice(place + 1), size - 1).map((rest) => [one, ...rest]))
}

const together = (items: readonly Scored[]): Slow => [
  items.reduce((sum, { points }) => sum + points, 0n),
  items.reduce((sum, { most }) => sum + most, 0n),
]

function slowWorth(
  own: readonly GradedItem[],
  cells: readonly GradeCell[],
  how: Scheme,
  drop: number,
  allExtra: boolean,
) {
  let extra = 0n
  const scored: Scored[] = []
  for (const { id, maxPoints, extraCredit } of own) {
    const { points = null, excused = false } = cells.find((one) => one.itemId === id) ?? {}
    if (excused) continue
    const isExtra = allExtra || extraCredit || Number(maxPoints) === 0
    if (isExtra) extra += points === null ? 0n : units(points)
    else if (points !== null) scored.push({ id, points: units(points), most: units(maxPoints) })
    else if (how.missing === 'zero') scored.push({ id, points: 0n, most: units(maxPoints) })
  }
  const size = scored.length === 0 ? 0 : Math.max(1, scored.length - drop)
  const choices = subsets(scored, size).map(together)
  const best = choices.reduce((one, other) => (more(other, one) ? other : one))
  return { points: best[0] + extra, most: best[1] }
}

function slowTotal(
  items: readonly GradedItem[],
  categories: readonly GradedCategory[],
  cells: readonly GradeCell[],
  how: Scheme,
): string | null {
  const of = (id: string | null) => items.filter(({ categoryId }) => categoryId === id)
  if (!how.weighted) {
    const parts = [
      ...categories.map(({ id, dropLowest, extraCredit }) =>
        slowWorth(of(id), cells, how, dropLowest, extraCredit),
      ),
      slowWorth(of(null), cells, how, 0, false),
    ]
    const most = parts.reduce((sum, part) => sum + part.most, 0n)
    return most === 0n ? null : shown([parts.reduce((sum, part) => sum + part.points, 0n), most])
  }
  let sum: Slow = [0n, 1n]
  let bonus: Slow = [0n, 1n]
  let weights = 0n
  for (const { id, weight, dropLowest, extraCredit } of categories) {
    const { points, most } = slowWorth(of(id), cells, how, dropLowest, false)
    if (most === 0n) continue
    if (extraCredit) bonus = add(bonus, [points * units(weight), most * 1_000_000n])
    else {
      sum = add(sum, [points * units(weight), most])
      weights += units(weight)
    }
  }
  return weights === 0n ? null : shown(add([sum[0], sum[1] * weights], bonus))
}

const points = fc.integer({ min: -20_000, max: 200_000 }).map((n) => (n / 10_000).toFixed(4))
const possible = fc.oneof(
  fc.constant('0'),
  fc.constant('10'),
  fc.integer({ min: 1, max: 300_000 }).map((n) => (n / 10_000).toFixed(4)),
)
const categoryArb = (id: string) =>
  fc.record({
    id: fc.constant(id),
    weight: fc.oneof(
      fc.constant('0'),
      fc.integer({ min: 1, max: 10_000 }).map((n) => (n / 100).toFixed(2)),
    ),
    dropLowest: fc.integer({ min: 0, max: 3 }),
    extraCredit: fc.boolean(),
  })
const itemArb = (id: string) =>
  fc.record({
    id: fc.constant(id),
    categoryId: fc.constantFrom('c0', 'c1', 'c2', null),
    maxPoints: possible,
    extraCredit: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.boolean()),
  })
const cellArb = (itemId: string) =>
  fc.record({
    itemId: fc.constant(itemId),
    points: fc.option(points, { freq: 4 }),
    excused: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.boolean()),
  })
const IDS = Array.from({ length: 9 }, (_, place) => `i${String(place)}`)

describe('any gradebook', () => {
  it('comes to what every choice, tried slowly, comes to', () => {
    fc.assert(
      fc.property(
        fc.tuple(categoryArb('c0'), categoryArb('c1'), categoryArb('c2')),
        fc.tuple(...IDS.map(itemArb)),
        fc.tuple(...IDS.map((id) => fc.option(cellArb(id), { freq: 5, nil: undefined }))),
        fc.record({ weighted: fc.boolean(), missing: fc.constantFrom('skip', 'zero') }),
        (categories, items, given, how) => {
          const cells = given.filter((one) => one !== undefined)
          const total = totalOf(items, categories, cells, how)
          expect(total.percent).toBe(slowTotal(items, categories, cells, how))
          expect(total.categories.flatMap((one) => one.items.map(({ id }) => id)).toSorted()).toEqual(IDS)
        },
      ),
    )
  })

  it('leaves out as many as it says, and what stays could not be worth more', () => {
    const scored = fc.array(fc.record({ points: fc.bigInt(-20n, 120n), most: fc.bigInt(1n, 100n) }), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(scored, fc.integer({ min: 0, max: 9 }), (given, count) => {
        const items = given.map((one, place) => ({ id: String(place), ...one }))
        const dropped = lowest(items, count)
        expect(dropped.size).toBe(Math.min(count, items.length - 1))
        const kept = together(items.filter(({ id }) => !dropped.has(id)))
        for (const other of subsets(items, items.length - dropped.size))
          expect(more(together(other), kept)).toBe(false)
      }),
    )
  })
})
