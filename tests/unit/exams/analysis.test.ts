import { describe, expect, test } from 'vitest'
import {
  alphaOf,
  analyse,
  correlationOf,
  easeOf,
  type ItemMark,
  separationOf,
  upperLowerOf,
} from '#lib/exams/rules/analysis'

// Item analysis agrees with published examples and with formulas written another way.

const numbers = (text: string): number[] => text.split(' ').map(Number)

/** Four columns of the data set mtcars (Henderson & Velleman 1981), which comes with R. */
const CARS = {
  cyl: numbers('6 6 4 6 8 6 8 4 4 6 6 8 8 8 8 8 8 4 4 4 4 8 8 8 8 4 4 4 8 6 8 4'),
  gear: numbers('4 4 4 3 3 3 3 4 4 4 4 3 3 3 3 3 3 4 4 4 3 3 3 3 3 4 5 5 5 5 5 4'),
  carb: numbers('4 4 1 1 2 1 4 2 2 4 4 3 3 3 4 4 4 1 2 1 1 2 2 4 2 1 2 2 4 6 8 2'),
  hp: numbers(
    '110 110 93 110 175 105 245 62 95 123 123 180 180 180 205 215 230 66 52 65 97 150 150 245 175 66 91 113 264 175 335 109',
  ),
}

describe('published examples', () => {
  test('alpha of cyl, gear, carb and hp of mtcars is what the R package performance prints', () => {
    const table = CARS.cyl.map((cyl, row) => [
      cyl,
      CARS.gear[row] ?? 0,
      CARS.carb[row] ?? 0,
      CARS.hp[row] ?? 0,
    ])
    expect(alphaOf(table)).toBeCloseTo(0.09463206, 7)
  })

  test('the correlation of cyl and hp of mtcars is what R prints', () => {
    const pairs = CARS.cyl.map((cyl, row): [number, number] => [cyl, CARS.hp[row] ?? 0])
    expect(correlationOf(pairs)).toBeCloseTo(0.8324475, 6)
  })

  test('alpha of three right-or-wrong items with variances .24, .16 and .24 and a total of 1.44 is .83', () => {
    // The steps of the Visual Statistics Studio guide, on a table that has its variances.
    const table = [
      [1, 1, 1],
      [1, 1, 1],
      [0, 1, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]
    expect(alphaOf(table)).toBeCloseTo((3 / 2) * ((1.44 - 0.64) / 1.44), 10)
  })
})

/** Right-or-wrong answers of a class, a row for each person. */
const CLASS = [
  [1, 1, 1, 1, 0],
  [1, 1, 1, 0, 0],
  [1, 1, 0, 1, 1],
  [1, 0, 1, 1, 0],
  [1, 1, 0, 0, 1],
  [1, 0, 1, 0, 0],
  [1, 0, 0, 0, 1],
  [0, 0, 0, 0, 1],
]
const IDS = ['a', 'b', 'c', 'd', 'e']
const marks = (row: readonly number[]): ItemMark[] =>
  row.map((points, item) => ({ questionId: IDS[item] ?? '', points, max: 1 }))

/** The corrected point-biserial as textbooks write it: (M1 - M0) / s * sqrt(p q), s of the population. */
function pointBiserial(item: number): number {
  const rest = CLASS.map((row) => row.reduce((sum, one) => sum + one, 0) - (row[item] ?? 0))
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
  const right = rest.filter((_, row) => CLASS[row]?.[item] === 1)
  const wrong = rest.filter((_, row) => CLASS[row]?.[item] === 0)
  const s = Math.sqrt(mean(rest.map((one) => (one - mean(rest)) ** 2)))
  const p = right.length / rest.length
  return ((mean(right) - mean(wrong)) / s) * Math.sqrt(p * (1 - p))
}

describe('an exam', () => {
  const figures = analyse(CLASS.map(marks), IDS)

  test('has for each item the share of points, and the corrected point-biserial', () => {
    for (const [index, item] of figures.items.entries()) {
      const column = CLASS.map((row) => row[index] ?? 0)
      expect(item.difficulty).toBeCloseTo(column.reduce((sum, one) => sum + one, 0) / 8, 12)
      expect(item.discrimination).toBeCloseTo(pointBiserial(index), 10)
    }
  })

  test('finds the item that those who do well get wrong', () => {
    expect(figures.items[4]?.discrimination).toBeLessThan(0)
    expect(separationOf(figures.items[4]?.discrimination ?? 0)).toBe('reversed')
  })

  test('has a distribution that counts everybody once, the whole in the last tenth', () => {
    expect(figures.distribution.reduce((sum, one) => sum + one, 0)).toBe(CLASS.length)
    expect(analyse([marks([1, 1, 1, 1, 1])], IDS).distribution.at(-1)).toBe(1)
    expect(analyse([marks([0, 0, 0, 0, 0])], IDS).distribution[0]).toBe(1)
  })

  test('says nothing where nobody differs, instead of a number', () => {
    const same = analyse([marks([1, 1, 1, 1, 1]), marks([1, 1, 1, 1, 1])], IDS)
    expect(same.alpha).toBeNull()
    expect(same.items.map(({ discrimination }) => discrimination)).toEqual(IDS.map(() => null))
    expect(separationOf(null)).toBe('unknown')
  })

  test('is empty without attempts', () => {
    expect(analyse([], IDS)).toMatchObject({ attempts: 0, items: [], alpha: null, mean: null, median: null })
  })

  test('leaves out what nothing could be had in, and judges an item by those who drew it', () => {
    const some = analyse(
      [
        [
          { questionId: 'a', points: 0, max: 0 },
          { questionId: 'b', points: 2, max: 4 },
        ],
        [{ questionId: 'c', points: 1, max: 1 }],
      ],
      IDS,
    )
    expect(some.items.map(({ questionId, count, difficulty }) => [questionId, count, difficulty])).toEqual([
      ['b', 1, 0.5],
      ['c', 1, 1],
    ])
    expect(some).toMatchObject({ alpha: null, alphaItems: 0, mean: 0.75, median: 0.75 })
  })
})

describe('upper less lower 27 %', () => {
  test('compares the ends of the scores', () => {
    const placed = Array.from({ length: 10 }, (_, total) => ({ total, value: total >= 5 ? 1 : 0 }))
    expect(upperLowerOf(placed)).toBe(1)
  })

  test('doesn’t depend on the order of those who tie', () => {
    const placed = [
      { total: 3, value: 1 },
      { total: 2, value: 1 },
      { total: 2, value: 0 },
      { total: 2, value: 0 },
      { total: 2, value: 0 },
      { total: 1, value: 0 },
      { total: 0, value: 0 },
    ]
    // Two places: the best, and a quarter of one right answer; nothing below.
    expect(upperLowerOf(placed)).toBeCloseTo((1 + 0.25) / 2, 12)
    expect(upperLowerOf(placed.toReversed())).toBeCloseTo((1 + 0.25) / 2, 12)
  })
})

test('words follow the figures at their bounds', () => {
  expect([0.9, 0.7, 0.3, 0.1, 0.09].map(easeOf)).toEqual([
    'very-easy',
    'easy',
    'middling',
    'hard',
    'very-hard',
  ])
  expect([-0.01, 0, 0.2, 0.4].map(separationOf)).toEqual(['reversed', 'none', 'some', 'well'])
})
