'use client'

import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { buttonClass } from '#components/ui/button'
import { CONTROL } from '#components/ui/field-frame'
import { Icon, type IconName } from '#components/ui/icon'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { RowMenu } from '../teach/row-menu'
import { words as fill } from './words'

type Props<T> = Readonly<{
  items: readonly T[]
  textOf: (item: T) => string
  withText: (item: T, text: string) => T
  make: () => T
  onItems: (items: readonly T[]) => void
  /** Names one line: “Option 2”. */
  nameOf: (number: string) => string
  addLabel: string
  words: ExamWords
  /** Stands before the line: what marks it as right, its number. */
  before?: (item: T, index: number) => ReactNode
  /** Stands behind the text: how it is compared, the other side of a pair. */
  after?: (item: T, index: number) => ReactNode
  most?: number
  mono?: boolean
}>

function Tool({
  icon,
  label,
  onPress,
  off,
}: {
  icon: IconName
  label: string
  onPress: () => void
  off: boolean
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onPress}
      aria-disabled={off || undefined}
      className="inline-flex size-11 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text aria-disabled:opacity-40 sm:size-9"
    >
      <Icon name={icon} size={16} />
    </button>
  )
}

/** What can be done with a line: buttons where there is room, a menu under a thumb. */
function Tools({
  name,
  first,
  last,
  words,
  onMove,
  onRemove,
}: {
  name: string
  first: boolean
  last: boolean
  words: ExamWords
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}) {
  const say = (text: string): string => fill(text, { name })
  return (
    <>
      <span className="hidden shrink-0 sm:inline-flex">
        <Tool icon="sort-up" label={say(words.lineUp)} off={first} onPress={() => onMove(-1)} />
        <Tool icon="sort-down" label={say(words.lineDown)} off={last} onPress={() => onMove(1)} />
        <Tool icon="close" label={say(words.lineRemove)} off={false} onPress={onRemove} />
      </span>
      <span className="shrink-0 sm:hidden">
        <RowMenu
          label={say(words.lineMenu)}
          entries={[
            { id: 'up', label: words.up, icon: 'sort-up', disabled: first, run: () => onMove(-1) },
            { id: 'down', label: words.down, icon: 'sort-down', disabled: last, run: () => onMove(1) },
            { id: 'remove', label: say(words.lineRemove), icon: 'trash', run: onRemove },
          ]}
          places={{ label: '', entries: [] }}
        />
      </span>
    </>
  )
}

/**
 * Lines that are typed one after another: Enter opens the next, Backspace in an empty one takes it away, Alt with an
 * arrow moves it. All of it has its button, too.
 */
export function LineList<T>(props: Props<T>) {
  const { items, textOf, withText, make, onItems, nameOf, addLabel, words, before, after, most = 50 } = props
  const list = useRef<HTMLOListElement>(null)
  const wanted = useRef<number | null>(null)
  useEffect(() => {
    if (wanted.current === null) return
    list.current?.querySelector<HTMLInputElement>(`[data-line="${String(wanted.current)}"]`)?.focus()
    wanted.current = null
  })
  const change = (next: readonly T[], focus: number): void => {
    wanted.current = focus
    onItems(next)
  }
  const insert = (index: number): void => {
    if (items.length < most) change(items.toSpliced(index, 0, make()), index)
  }
  const remove = (index: number): void => change(items.toSpliced(index, 1), Math.max(0, index - 1))
  const move = (index: number, by: -1 | 1): void => {
    const item = items[index]
    const to = index + by
    if (item === undefined || to < 0 || to >= items.length) return
    change(items.toSpliced(index, 1).toSpliced(to, 0, item), to)
  }
  const onKey = (event: KeyboardEvent<HTMLInputElement>, index: number, text: string): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') insert(index + 1)
    else if (event.key === 'Backspace' && text === '' && items.length > 1) remove(index)
    else if (event.altKey && event.key === 'ArrowUp') move(index, -1)
    else if (event.altKey && event.key === 'ArrowDown') move(index, 1)
    else return
    event.preventDefault()
  }
  return (
    <div className="flex flex-col gap-2">
      <ol ref={list} className="flex flex-col gap-2">
        {items.map((item, index) => {
          const name = nameOf(String(index + 1))
          const text = textOf(item)
          return (
            <li key={index} className="flex items-start gap-x-2">
              {before?.(item, index)}
              <div className="flex min-w-0 grow flex-wrap gap-2">
                <input
                  data-line={index}
                  aria-label={name}
                  placeholder={name}
                  dir="auto"
                  autoComplete="off"
                  value={text}
                  onChange={(event) =>
                    onItems(
                      items.map((one, place) => (place === index ? withText(one, event.target.value) : one)),
                    )
                  }
                  onKeyDown={(event) => onKey(event, index, text)}
                  className={`${CONTROL} min-w-0 grow basis-40 ${props.mono === true ? 'font-mono text-14' : ''}`}
                />
                {after?.(item, index)}
              </div>
              <Tools
                name={name}
                first={index === 0}
                last={index === items.length - 1}
                words={words}
                onMove={(by) => move(index, by)}
                onRemove={() => remove(index)}
              />
            </li>
          )
        })}
      </ol>
      {items.length < most ? (
        <button
          type="button"
          onClick={() => insert(items.length)}
          className={`${buttonClass('plain', 'small')} self-start`}
        >
          <Icon name="plus" size={16} />
          {addLabel}
        </button>
      ) : null}
    </div>
  )
}
