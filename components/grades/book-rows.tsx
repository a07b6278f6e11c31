'use client'

import { memo, useMemo } from 'react'
import type { Book, BookPerson } from '#lib/grades/contract/book'
import { fill } from '../editor/fill'
import { type Cell, cellAt, gradeOf } from './book-model'
import type { Sizes } from './book-window'
import type { BookWords } from './book-words'

/** What is being typed into a cell; `dialog`: where it takes more than a number. */
export type Editing = Readonly<{ kind: 'field' | 'dialog'; text: string }>

const FIXED = 'sticky flex shrink-0 items-center border-e border-b border-line px-3 max-sm:px-2'
const CELL =
  'flex shrink-0 items-center justify-end gap-2 border-e border-b border-line px-3 tabular-nums max-sm:px-2'

function cellText(cell: Cell, words: BookWords): string {
  if (cell.excused) return words.excused
  if (cell.points !== null) return cell.points
  return cell.waits ? words.waits : ''
}

type RowProps = Readonly<{
  book: Book
  person: BookPerson
  row: number
  columns: readonly number[]
  /** Column with the focus; -1: none of this row. */
  at: number
  editing: Editing | null
  words: BookWords
  sizes: Sizes
  href: string
  onText: (text: string) => void
}>

/** One person's line. Drawn anew only when something of it changes. */
export const Row = memo(function Row({
  book,
  person,
  row,
  columns,
  at,
  editing,
  words,
  sizes,
  href,
  onText,
}: RowProps) {
  const grade = useMemo(() => gradeOf(book, person), [book, person])
  const tab = (column: number) => (at === column ? 0 : -1)
  const fixed = { height: sizes.row }
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className="absolute flex w-full hover:bg-sunken"
      style={{ insetBlockStart: (row + 1) * sizes.row, height: sizes.row }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        data-cell={`${String(row)}:0`}
        tabIndex={tab(0)}
        className={`${FIXED} start-0 z-10 bg-surface`}
        style={{ ...fixed, width: sizes.name }}
      >
        <a href={href} tabIndex={-1} className="truncate font-medium hover:underline" title={person.email}>
          {person.name}
        </a>
      </div>
      <div
        role="gridcell"
        aria-colindex={2}
        data-cell={`${String(row)}:1`}
        tabIndex={tab(1)}
        className={`${FIXED} z-10 justify-end gap-2 bg-surface tabular-nums`}
        style={{ ...fixed, width: sizes.total, insetInlineStart: sizes.name }}
      >
        {grade === null ? <span className="sr-only">{words.empty}</span> : `${Number(grade.percent)} %`}
        {grade?.letter == null ? null : <span className="text-accent-11">{grade.letter}</span>}
      </div>
      {columns.map((place) => {
        const item = book.items[place]
        if (item === undefined) return null
        const column = place + 2
        const cell = cellAt(person, item, place)
        const typing = at === column && editing?.kind === 'field' ? editing.text : null
        const text = cellText(cell, words)
        return (
          <div
            key={item.id}
            role="gridcell"
            aria-colindex={column + 1}
            data-cell={`${String(row)}:${String(column)}`}
            tabIndex={tab(column)}
            className={`${CELL} absolute ${cell.waits && cell.points === null ? 'text-14 text-warn' : ''} ${cell.excused ? 'text-14 text-soft' : ''}`}
            style={{
              ...fixed,
              width: sizes.column,
              insetInlineStart: sizes.name + sizes.total + place * sizes.column,
            }}
          >
            {typing === null ? (
              <>
                {cell.asked ? <span className="text-12 font-medium text-warn">{words.asked}</span> : null}
                {text === '' ? <span className="sr-only">{words.empty}</span> : text}
              </>
            ) : (
              <input
                autoFocus
                value={typing}
                inputMode="decimal"
                autoComplete="off"
                maxLength={10}
                aria-label={fill(words.field, { title: item.title, name: person.name, max: cell.maxPoints })}
                onChange={(event) => onText(event.target.value)}
                className="h-9 w-full rounded-sm border border-edge bg-surface px-2 text-end text-16"
              />
            )}
          </div>
        )
      })}
    </div>
  )
})

export function Head({
  book,
  columns,
  words,
  sizes,
}: Pick<RowProps, 'book' | 'columns' | 'words' | 'sizes'>) {
  const look = 'bg-sunken text-14 font-medium'
  const height = sizes.row
  return (
    <div role="row" aria-rowindex={1} className="sticky top-0 z-20 flex" style={{ height }}>
      <div
        role="columnheader"
        aria-colindex={1}
        className={`${FIXED} start-0 z-30 ${look}`}
        style={{ height, width: sizes.name }}
      >
        {words.person}
      </div>
      <div
        role="columnheader"
        aria-colindex={2}
        className={`${FIXED} z-30 justify-end ${look}`}
        style={{ height, width: sizes.total, insetInlineStart: sizes.name }}
      >
        {words.total}
      </div>
      {columns.map((place) => {
        const item = book.items[place]
        if (item === undefined) return null
        const counts = book.scheme.items[item.id]?.counts !== false
        return (
          <div
            key={item.id}
            role="columnheader"
            aria-colindex={place + 3}
            title={item.title}
            className={`absolute flex flex-col items-end justify-center border-e border-b border-line px-3 ${look}`}
            style={{
              height,
              width: sizes.column,
              insetInlineStart: sizes.name + sizes.total + place * sizes.column,
            }}
          >
            <span className="w-full truncate text-end">{item.title}</span>
            <span className="text-12 font-normal text-soft">
              {counts ? fill(words.of, { max: item.maxPoints }) : words.noPart}
            </span>
          </div>
        )
      })}
    </div>
  )
}
