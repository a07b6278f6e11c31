'use client'

import { type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import type { Found } from '#lib/bank/contract'
import { PICK_MAX } from '#lib/bank/rules/limits'
import type { BankWords } from '#lib/i18n/bank-words'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Choose, Field } from '../editor/field'
import { TYPE_ICONS } from '../exam-author/type-marks'
import { counted, shownPoints } from '../exam-author/words'

type Answer<T> = Promise<Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; text: string }>>

type Props = Readonly<{
  locale: string
  words: BankWords
  types: ExamWords['types']
  find: (search: Readonly<{ q: string; tag: string }>) => Answer<Found>
  /** @returns how many were added */
  take: (questionIds: readonly string[]) => Answer<number>
  /** Told what was done, in words. */
  onDone: (text: string) => void
}>

type Ticks = Readonly<{ chosen: ReadonlySet<string>; onTick: (id: string) => void }>

function Results({
  locale,
  words,
  types,
  found,
  chosen,
  onTick,
}: Pick<Props, 'locale' | 'words' | 'types'> & Ticks & { found: Found }) {
  const { picker } = words
  return (
    <>
      <ul className="max-h-80 overflow-y-auto">
        {found.questions.map(({ id, type, prompt, points, tags }) => (
          <li key={id} className="border-b border-line last:border-b-0">
            <label className="flex min-h-11 items-center gap-3 py-2">
              <input
                type="checkbox"
                checked={chosen.has(id)}
                onChange={() => onTick(id)}
                className="size-5 shrink-0"
              />
              <Icon name={TYPE_ICONS[type]} size={18} className="shrink-0 text-soft" />
              <span className="min-w-0">
                <span className="line-clamp-2 wrap-anywhere" dir="auto">
                  {prompt}
                </span>
                <span className="block text-12 text-soft">
                  {types[type]} ·{' '}
                  {counted(locale, picker.points, points, { points: shownPoints(locale, String(points)) })}
                  {tags.length === 0 ? '' : ` · ${tags.join(', ')}`}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {found.more ? <p className="text-14 text-soft">{picker.more}</p> : null}
    </>
  )
}

function Search({
  words,
  tags,
  onSearch,
}: {
  words: BankWords
  tags: readonly string[]
  onSearch: (search: { q: string; tag: string }) => void
}) {
  const { picker } = words
  const [q, setQ] = useState('')
  const [tag, setTag] = useState('')
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    onSearch({ q: q.trim(), tag })
  }
  return (
    <form
      onSubmit={submit}
      noValidate
      className="flex flex-wrap items-end gap-3 **:data-field:w-auto **:data-field:grow"
    >
      <Field
        name="bankQuery"
        label={picker.search}
        value={q}
        maxLength={100}
        autoComplete="off"
        onValue={setQ}
      />
      <Choose
        name="bankTag"
        label={picker.tag}
        value={tag}
        options={[{ value: '', label: picker.any }, ...tags.map((one) => ({ value: one, label: one }))]}
        onValue={(next) => {
          setTag(next)
          onSearch({ q: q.trim(), tag: next })
        }}
      />
      <button type="submit" className={buttonClass('quiet')}>
        <Icon name="search" size={18} />
        {picker.find}
      </button>
    </form>
  )
}

/** What is looked for, found and chosen while the dialog is open. */
function usePicking({ find, take, words, locale, onDone }: Props, onClose: () => void) {
  const [found, setFound] = useState<Found | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const asked = useRef(0)
  const search = async (wanted: Readonly<{ q: string; tag: string }>): Promise<void> => {
    asked.current += 1
    const mine = asked.current
    const answer = await find(wanted)
    // An answer that another question has overtaken.
    if (mine !== asked.current) return
    setProblem(answer.ok ? '' : answer.text)
    if (answer.ok) setFound(answer.value)
  }
  const tick = (id: string): void =>
    setChosen((now) => {
      const next = new Set(now)
      if (!next.delete(id) && next.size < PICK_MAX) next.add(id)
      return next
    })
  const add = async (): Promise<void> => {
    if (busy || chosen.size === 0) return
    setBusy(true)
    const answer = await take([...chosen])
    setBusy(false)
    setProblem(answer.ok ? '' : answer.text)
    if (!answer.ok) return
    setChosen(new Set())
    onClose()
    onDone(counted(locale, words.picker.added, answer.value))
  }
  return { found, chosen, problem, busy, search, tick, add }
}

function Body({ props, onClose }: { props: Props; onClose: () => void }) {
  const { locale, words, types } = props
  const { picker } = words
  const { found, chosen, problem, busy, search, tick, add } = usePicking(props, onClose)
  const start = useRef(search)
  useEffect(() => void start.current({ q: '', tag: '' }), [])
  const none = found?.questions.length === 0
  return (
    <div className="flex flex-col gap-4">
      <p className="text-14 text-soft">{picker.copies}</p>
      <Search words={words} tags={found?.tags ?? []} onSearch={(wanted) => void search(wanted)} />
      <p role="status" className="text-14 text-soft empty:hidden">
        {problem !== ''
          ? problem
          : found === null
            ? picker.loading
            : none
              ? found.tags.length === 0
                ? picker.empty
                : picker.none
              : ''}
      </p>
      {found === null ? null : (
        <Results locale={locale} words={words} types={types} found={found} chosen={chosen} onTick={tick} />
      )}
      <button
        type="button"
        aria-disabled={busy || chosen.size === 0 || undefined}
        onClick={() => void add()}
        className={`self-start ${buttonClass('primary')}`}
      >
        {busy ? words.pending : chosen.size === 0 ? picker.addNone : counted(locale, picker.add, chosen.size)}
      </button>
    </div>
  )
}

/** A button that opens the school's bank over the editor of an exam, to take questions from it. */
export function BankPicker(props: Props) {
  const { picker } = props.words
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (!open) return
    const element = dialog.current
    if (element?.open === false) element.showModal()
    element?.querySelector<HTMLElement>('input')?.focus()
  }, [open])
  const close = (): void => {
    dialog.current?.close()
    setOpen(false)
  }
  return (
    <>
      <button type="button" onClick={() => setOpen(true)} className={buttonClass('plain', 'small')}>
        <Icon name="book-open" size={16} />
        {picker.open}
      </button>
      <dialog
        ref={dialog}
        aria-labelledby={id}
        onClose={() => setOpen(false)}
        className="confirm arrive rounded-md border border-line bg-surface p-6 text-text shadow-float backdrop:bg-scrim"
      >
        <div className="mb-4 flex items-start justify-between gap-4">
          <h2 id={id} className="text-18 font-semibold">
            {picker.title}
          </h2>
          <button
            type="button"
            aria-label={picker.close}
            onClick={close}
            className="-m-2 inline-flex size-11 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text"
          >
            <Icon name="close" />
          </button>
        </div>
        {open ? <Body props={props} onClose={close} /> : null}
      </dialog>
    </>
  )
}
