/** Which part of the gradebook is in sight. Pure: sizes in pixels, places from 0. */

export type Sizes = Readonly<{ row: number; column: number; name: number; total: number }>

const WIDE: Sizes = { row: 48, column: 128, name: 208, total: 104 }
const NARROW: Sizes = { row: 48, column: 96, name: 116, total: 76 }

/** Sizes for a table of a width: on a phone less of it stands still. */
export const sizesFor = (width: number): Sizes => (width < 640 ? NARROW : WIDE)

/** Rows and columns that are drawn beyond the edges, so that scrolling finds them there. */
const BEYOND = 4

export type View = Readonly<{ top: number; left: number; width: number; height: number }>
export type Span = Readonly<{ from: number; to: number }>

function span(start: number, length: number, size: number, count: number): Span {
  const from = Math.max(0, Math.floor(start / size) - BEYOND)
  return { from: Math.min(from, count), to: Math.min(count, Math.ceil((start + length) / size) + BEYOND) }
}

/** The rows to draw. `from` is drawn, `to` isn't. */
export const rowsIn = ({ top, height, width }: View, count: number): Span =>
  span(top, height, sizesFor(width).row, count)

/** The columns to draw, those of the names and grades left out: they always stand there. */
export function columnsIn({ left, width }: View, count: number): Span {
  const { name, total, column } = sizesFor(width)
  return span(left, Math.max(0, width - name - total), column, count)
}

/** Places of a span, with one more that has to be there: the one with the focus. */
export function places({ from, to }: Span, also: number): number[] {
  const list = Array.from({ length: to - from }, (_, at) => from + at)
  if (also < 0 || (also >= from && also < to)) return list
  return also < from ? [also, ...list] : [...list, also]
}

/** A cell: `row` -1 is the head's; `column` 0 the name, 1 the grade, then the items. */
export type Place = Readonly<{ row: number; column: number }>

type Bounds = Readonly<{ rows: number; columns: number; page: number }>

/** Where a key leads; null: it leads nowhere. */
export function moved(at: Place, key: string, ctrl: boolean, { rows, columns, page }: Bounds): Place | null {
  const to = (row: number, column: number): Place => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  })
  const { row, column } = at
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column)
    case 'ArrowDown':
      return to(row + 1, column)
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'ArrowRight':
      return to(row, column + 1)
    case 'PageUp':
      return to(row - page, column)
    case 'PageDown':
      return to(row + page, column)
    case 'Home':
      return to(ctrl ? 0 : row, 0)
    case 'End':
      return to(ctrl ? rows - 1 : row, columns - 1)
    default:
      return null
  }
}

/** Where to scroll to so that a cell stands in sight, beside what always stands there. */
export function scrolledTo({ row, column }: Place, view: View): Readonly<{ top: number; left: number }> {
  const sizes = sizesFor(view.width)
  const fixed = sizes.name + sizes.total
  const within = (start: number, size: number, at: number, room: number): number => {
    if (start < at) return start
    return start + size > at + room ? start + size - room : at
  }
  return {
    // The head's row stands above them.
    top: within(row * sizes.row, sizes.row, view.top, view.height - sizes.row),
    left:
      column < 2
        ? view.left
        : within((column - 2) * sizes.column, sizes.column, view.left, view.width - fixed),
  }
}
