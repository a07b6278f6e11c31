'use client'

import { type KeyboardEvent, useEffect, useRef } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { StatusBadge } from '#components/ui/status-badge'
import type { Draft } from '#lib/exams/rules/drafting'
import type { DraftPool } from '#lib/exams/rules/drafting-content'
import { finish, typedNumber } from '#lib/exams/rules/drafting-finish'
import { changeDraft, duplicateDraft, intoPool, moveBlock } from '#lib/exams/rules/drafting-steps'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { type MenuEntry, RowMenu } from '../teach/row-menu'
import type { EditorSteps } from './editor-steps'
import { QuestionForm } from './question-form'
import { TYPE_ICONS } from './type-marks'
import { counted, shownPoints, words as fill } from './words'

type Props = Readonly<{
  draft: Draft
  number: number
  locale: string
  pool: DraftPool | null
  pools: readonly DraftPool[]
  first: boolean
  last: boolean
  open: boolean
  words: ExamWords
  steps: EditorSteps
}>

function menuOf({ draft, pool, pools, first, last, words, steps, finished }: Props & { finished: boolean }) {
  const { id } = draft
  const inBank = draft.bankId !== undefined
  const entries: MenuEntry[] = [
    {
      ...{ id: 'duplicate', label: words.duplicate, icon: 'copy' as const },
      run: () => steps.edit((content) => duplicateDraft(content, id)),
    },
    {
      ...{ id: 'up', label: words.up, icon: 'sort-up' as const, disabled: first },
      run: () => steps.edit((content) => moveBlock(content, id, -1)),
    },
    {
      ...{ id: 'down', label: words.down, icon: 'sort-down' as const, disabled: last },
      run: () => steps.edit((content) => moveBlock(content, id, 1)),
    },
    {
      ...{ id: 'keep', label: inBank ? words.inBank : words.keepInBank, icon: 'book-open' as const },
      ...(inBank || !finished ? { disabled: true } : {}),
      run: () => void steps.keepInBank(id),
    },
    { id: 'delete', label: words.delete, icon: 'trash', run: () => steps.removeQuestion(id) },
  ]
  const place = (to: DraftPool | null): MenuEntry => ({
    id: `pool-${to?.id ?? 'none'}`,
    label: to === null ? words.noPool : to.title,
    ...(to?.id === pool?.id ? { icon: 'check' as const, disabled: true } : {}),
    run: () => steps.edit((content) => intoPool(content, id, to?.id ?? null)),
  })
  const places = pools.length === 0 ? [] : [place(null), ...pools.map(place)]
  return { entries, places }
}

function Head(props: Props & { finished: boolean; panel: string }) {
  const { draft, number, locale, open, words, steps, finished, panel } = props
  const { entries, places } = menuOf(props)
  const prompt = draft.prompt.trim() === '' ? words.untitled : draft.prompt.trim()
  const value = typedNumber(draft.points)
  const points = value === null ? null : shownPoints(locale, String(value))
  const onKey = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    steps.edit((content) => moveBlock(content, draft.id, event.key === 'ArrowUp' ? -1 : 1))
  }
  return (
    <div className="flex items-center gap-1">
      <h3 className="min-w-0 grow">
        <button
          type="button"
          data-head
          aria-expanded={open}
          aria-controls={panel}
          onClick={() => steps.show(open ? null : draft.id)}
          onKeyDown={onKey}
          className="flex min-h-14 w-full items-center gap-3 rounded-sm py-2 text-start font-normal"
        >
          <span className="w-7 shrink-0 text-end text-14 text-soft tabular-nums">{number}</span>
          <Icon name={TYPE_ICONS[draft.type]} size={18} className="shrink-0 text-soft" />
          <span className="min-w-0 grow">
            <span
              className={`line-clamp-2 wrap-anywhere ${draft.prompt.trim() === '' ? 'text-soft' : 'font-medium'}`}
            >
              {prompt}
            </span>
            <span className="block text-12 text-soft">
              {words.types[draft.type]}
              {points === null ? null : ` · ${counted(locale, words.pointsShort, value ?? 0, { points })}`}
            </span>
          </span>
          {finished ? null : <StatusBadge tone="warn">{words.notFinished}</StatusBadge>}
        </button>
      </h3>
      <RowMenu
        label={fill(words.menu, { number: String(number) })}
        entries={entries}
        places={{ label: words.place, entries: places }}
      />
    </div>
  )
}

/** One question: a line that opens into its form. */
export function QuestionCard(props: Props) {
  const { draft, open, words, steps } = props
  const card = useRef<HTMLLIElement>(null)
  const result = finish(draft)
  const panel = `panel-${draft.id}`
  useEffect(() => {
    if (open && steps.takesFocus(draft.id)) card.current?.querySelector<HTMLElement>('textarea')?.focus()
  }, [open, draft.id, steps])
  const close = (): void => {
    steps.show(null)
    card.current?.querySelector<HTMLElement>('[data-head]')?.focus()
  }
  return (
    <li
      ref={card}
      id={`question-${draft.id}`}
      data-question={draft.id}
      className={`scroll-mt-24 border-line ${open ? 'my-3 rounded-md border bg-surface px-1 shadow-float sm:px-3' : 'border-b px-1 last:border-b-0 sm:px-3'}`}
    >
      <Head {...props} finished={result.ok} panel={panel} />
      <div id={panel} hidden={!open}>
        {open ? (
          <div
            className="px-2 pt-2 pb-5 sm:ps-10 sm:pe-3"
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || event.defaultPrevented) return
              event.stopPropagation()
              close()
            }}
          >
            <QuestionForm
              draft={draft}
              words={words}
              faults={result.ok ? [] : result.faults}
              onDraft={(next) => steps.edit((content) => changeDraft(content, next))}
            />
            <div className="mt-6 flex flex-wrap items-center justify-between gap-3">
              <button type="button" onClick={close} className={buttonClass('quiet', 'small')}>
                <Icon name="check" size={16} />
                {words.close}
              </button>
              <p className="hidden text-12 text-soft lg:block">{words.keys}</p>
            </div>
          </div>
        ) : null}
      </div>
    </li>
  )
}
