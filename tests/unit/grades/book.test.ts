import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellAt, gradeOf, withCell } from '../../../components/grades/book-model'
import {
  columnsIn,
  moved,
  places,
  rowsIn,
  scrolledTo,
  sizesFor,
} from '../../../components/grades/book-window'
import { type Book, FLAGS } from '#lib/grades/contract/book'

const view = { top: 0, left: 0, width: 1_000, height: 600 }
const SIZES = sizesFor(view.width)

describe('what is in sight', () => {
  it('is a small part of a thousand by a hundred, wherever it stands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 48_000 }), fc.integer({ min: 0, max: 12_800 }), (top, left) => {
        const at = { ...view, top, left }
        const [rows, columns] = [rowsIn(at, 1_000), columnsIn(at, 100)]
        expect(rows.to - rows.from).toBeLessThanOrEqual(23)
        expect(columns.to - columns.from).toBeLessThanOrEqual(16)
        expect(rows.from).toBeLessThanOrEqual(rows.to)
        expect(columns.to).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('holds the one with the focus, too', () => {
    expect(places({ from: 4, to: 6 }, 9)).toEqual([4, 5, 9])
    expect(places({ from: 4, to: 6 }, 1)).toEqual([1, 4, 5])
    expect(places({ from: 4, to: 6 }, 5)).toEqual([4, 5])
    expect(places({ from: 4, to: 6 }, -1)).toEqual([4, 5])
  })

  it('is scrolled so that every cell that a key leads to is wholly seen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 2, max: 101 }),
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (row, column, top, left) => {
          const at = scrolledTo({ row, column }, { ...view, top, left })
          const y = row * SIZES.row - at.top
          const x = (column - 2) * SIZES.column - at.left
          expect(y).toBeGreaterThanOrEqual(0)
          expect(y + SIZES.row).toBeLessThanOrEqual(view.height - SIZES.row)
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x + SIZES.column).toBeLessThanOrEqual(view.width - SIZES.name - SIZES.total)
        },
      ),
    )
  })
})

describe('keys', () => {
  const bounds = { rows: 10, columns: 5, page: 4 }
  it.each([
    ['ArrowUp', false, { row: 2, column: 3 }],
    ['ArrowDown', false, { row: 4, column: 3 }],
    ['ArrowLeft', false, { row: 3, column: 2 }],
    ['ArrowRight', false, { row: 3, column: 4 }],
    ['PageDown', false, { row: 7, column: 3 }],
    ['PageUp', false, { row: 0, column: 3 }],
    ['Home', false, { row: 3, column: 0 }],
    ['End', false, { row: 3, column: 4 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', true, { row: 9, column: 4 }],
  ])('%s (with Control: %s)', (key, ctrl, to) => {
    expect(moved({ row: 3, column: 3 }, key, ctrl, bounds)).toEqual(to)
  })

  it('lead nowhere else', () => {
    expect(moved({ row: 3, column: 3 }, 'a', false, bounds)).toBeNull()
  })
})

describe('a book', () => {
  const book: Book = {
    items: [
      { id: 'a', title: 'A', maxPoints: '10' },
      { id: 'b', title: 'B', maxPoints: '10' },
    ],
    people: [
      { id: 'ann', name: 'Ann', email: 'ann@x.test', cells: [['5', 0, FLAGS.given], 0], course: null },
      { id: 'bea', name: 'Bea', email: 'bea@x.test', cells: [['4', 2, FLAGS.given, '8'], 0], course: '90' },
    ],
    scheme: { weighted: false, categories: [], items: {}, letters: [{ name: 'P', from: '50' }] },
  }
  const [ann, bea] = book.people

  it('gives grades: from the cells, or as they were set by hand', () => {
    expect([ann, bea].map((one) => (one === undefined ? null : gradeOf(book, one)))).toEqual([
      { percent: '50.00', letter: 'P' },
      { percent: '90', letter: 'P' },
    ])
  })

  it('changes in one cell, and the grade with it', () => {
    const given = { points: '10', excused: false, reason: '' }
    const next = withCell(book, 'ann', 1, given, 1)
    const [first] = next.people
    if (first === undefined) throw new Error('Nobody is left.')
    expect(gradeOf(next, first)?.percent).toBe('75.00')
    expect(cellAt(first, { id: 'b', title: 'B', maxPoints: '10' }, 1)).toMatchObject({
      points: '10',
      seen: 1,
      given: true,
    })
    expect(next.people[1]).toBe(bea)
    const excused = withCell(next, 'ann', 1, { points: '', excused: true, reason: 'ill' }, 2)
    expect(excused.people[0]?.cells[1]).toEqual([null, 2, FLAGS.given + FLAGS.excused])
  })
})
