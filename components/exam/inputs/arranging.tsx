'use client'

import { type KeyboardEvent, useRef, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { CONTROL } from '#components/ui/field-frame'
import { Icon } from '#components/ui/icon'
import { useRoom } from '../room-context'
import { fill } from '../words'
import type { InputProps } from './contract'

export function MatchingInput({ question, value, labelledBy, onChange }: InputProps<'matching'>) {
  const { words } = useRoom()
  const pairs = value?.pairs ?? []
  const match = (left: string, right: string): void => {
    const others = pairs.filter(([one]) => one !== left)
    onChange({ type: 'matching', pairs: right === '' ? others : [...others, [left, right]] })
  }
  return (
    <div role="group" aria-labelledby={labelledBy}>
      <p className="text-14 text-soft">{words.match}</p>
      <ul className="mt-3 flex flex-col divide-y divide-line border-y border-line">
        {question.left.map(({ id, text }) => (
          <li key={id} className="grid gap-2 py-3 sm:grid-cols-2 sm:items-center sm:gap-6">
            <label htmlFor={`match-${id}`} className="font-medium wrap-anywhere">
              {text}
            </label>
            <select
              id={`match-${id}`}
              value={pairs.find(([one]) => one === id)?.[1] ?? ''}
              onChange={(event) => match(id, event.target.value)}
              className={CONTROL}
            >
              <option value="">{words.matchNone}</option>
              {question.right.map((right) => (
                <option key={right.id} value={right.id}>
                  {right.text}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The items as they stand: as answered, with what the answer doesn't name behind. */
function arranged<T extends Readonly<{ id: string }>>(items: readonly T[], order: readonly string[]): T[] {
  const place = new Map(order.map((id, index) => [id, index]))
  return items.toSorted((a, b) => (place.get(a.id) ?? order.length) - (place.get(b.id) ?? order.length))
}

type Direction = 'up' | 'down'

function MoveButton({
  direction,
  label,
  disabled,
  onMove,
}: {
  direction: Direction
  label: string
  disabled: boolean
  onMove: (direction: Direction) => void
}) {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? 'up' : 'down')
  }
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={disabled || undefined}
      data-move={direction}
      onClick={() => onMove(direction)}
      onKeyDown={onKey}
      className="inline-flex size-11 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text aria-disabled:opacity-40"
    >
      <Icon name={direction === 'up' ? 'sort-up' : 'sort-down'} size={18} />
    </button>
  )
}

export function OrderingInput({ question, value, labelledBy, onChange }: InputProps<'ordering'>) {
  const { words } = useRoom()
  const [said, say] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const items = arranged(question.items, value?.order ?? [])
  const ids = items.map(({ id }) => id)
  const unset = value === null || value.order.length === 0

  const move = (id: string, text: string, direction: Direction): void => {
    const from = ids.indexOf(id)
    const to = direction === 'up' ? from - 1 : from + 1
    if (to < 0 || to >= ids.length) return
    const order = ids.toSpliced(from, 1).toSpliced(to, 0, id)
    onChange({ type: 'ordering', order })
    say(fill(words.moved, { text, place: to + 1, count: ids.length }))
    // The row has moved in the page, and some browsers take the focus from what moves.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-item="${id}"] [data-move="${direction}"]`)?.focus(),
    )
  }
  return (
    <div role="group" aria-labelledby={labelledBy}>
      <p className="text-14 text-soft">{words.order}</p>
      <ol ref={list} className="mt-3 flex flex-col gap-2">
        {items.map(({ id, text }, index) => (
          <li
            key={id}
            data-item={id}
            className="flex min-h-12 items-center gap-3 rounded-sm border border-edge bg-surface ps-4"
          >
            <span aria-hidden="true" className="w-6 text-14 text-soft tabular-nums">
              {index + 1}.
            </span>
            <span className="min-w-0 grow py-2 wrap-anywhere">{text}</span>
            <span className="flex shrink-0">
              <MoveButton
                direction="up"
                label={fill(words.up, { text })}
                disabled={index === 0}
                onMove={(direction) => move(id, text, direction)}
              />
              <MoveButton
                direction="down"
                label={fill(words.down, { text })}
                disabled={index === items.length - 1}
                onMove={(direction) => move(id, text, direction)}
              />
            </span>
          </li>
        ))}
      </ol>
      {unset ? (
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-14 text-soft">
          <p>{words.orderUnset}</p>
          <button
            type="button"
            onClick={() => onChange({ type: 'ordering', order: ids })}
            className={buttonClass('quiet', 'small')}
          >
            {words.orderStart}
          </button>
        </div>
      ) : null}
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  )
}
