'use client'

import type { ReactNode } from 'react'
import { CONTROL } from '#components/ui/field-frame'
import type { DraftPool } from '#lib/exams/rules/drafting-content'
import { changePool, moveBlock } from '#lib/exams/rules/drafting-steps'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { RowMenu } from '../teach/row-menu'
import { AddQuestion } from './add-question'
import type { EditorSteps } from './editor-steps'
import { counted, words as fill } from './words'

/** A pool: its name, how many of its questions an attempt gets, and the questions. */
export function PoolCard({
  pool,
  count,
  first,
  last,
  locale,
  words,
  steps,
  children,
}: {
  pool: DraftPool
  count: number
  first: boolean
  last: boolean
  locale: string
  words: ExamWords
  steps: EditorSteps
  children: ReactNode
}) {
  const set = (change: Partial<DraftPool>): void =>
    steps.edit((content) => changePool(content, { ...pool, ...change }))
  const move = (by: -1 | 1) => () => steps.edit((content) => moveBlock(content, pool.id, by))
  return (
    <li id={`pool-${pool.id}`} className="my-3 scroll-mt-24 rounded-md border border-line bg-sunken">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 p-3">
        <input
          aria-label={words.poolTitle}
          placeholder={words.poolTitle}
          value={pool.title}
          maxLength={200}
          dir="auto"
          onChange={(event) => set({ title: event.target.value })}
          className={`${CONTROL} min-w-0 grow basis-40 font-semibold`}
        />
        <label className="flex items-center gap-2 text-14">
          {words.poolDraw}
          <input
            inputMode="numeric"
            value={pool.draw}
            maxLength={3}
            onChange={(event) => set({ draw: event.target.value })}
            className={`${CONTROL} w-16! text-center tabular-nums`}
          />
          <span>{counted(locale, words.poolOf, count)}</span>
        </label>
        <RowMenu
          label={fill(words.menuPool, { title: pool.title })}
          entries={[
            { id: 'up', label: words.up, icon: 'sort-up', disabled: first, run: move(-1) },
            { id: 'down', label: words.down, icon: 'sort-down', disabled: last, run: move(1) },
            { id: 'remove', label: words.poolRemove, icon: 'trash', run: () => steps.removePool(pool.id) },
          ]}
          places={{ label: '', entries: [] }}
        />
      </div>
      {count === 0 ? <p className="px-3 pb-3 text-14 text-soft">{words.poolEmpty}</p> : null}
      <ol className="mx-1 rounded-sm bg-bg">{children}</ol>
      <div className="px-3 py-2">
        <AddQuestion words={words} label={words.poolAdd} onAdd={(type) => steps.add(type, pool.id)} />
      </div>
    </li>
  )
}
