'use client'

import { useEffect, useId, useRef, useState } from 'react'
import { Modal } from '../exam/modal'
import { buttonClass } from '#components/ui/button'
import { CONTROL } from '#components/ui/field-frame'
import { REASON_MAX } from '#lib/grades/contract/constants'
import { fill } from '../editor/fill'
import type { Cell, Given } from './book-model'
import type { BookWords } from './book-words'

/** A change that needs more than a number: excusing, or a reason that somebody reads. */
export function BookDialog({
  words,
  title,
  name,
  cell,
  points: first,
  href,
  refusal,
  busy,
  onGive,
  onClose,
}: Readonly<{
  words: BookWords
  title: string
  name: string
  cell: Cell
  /** What was typed into the cell. */
  points: string
  /** Where all about this grade is. */
  href: string
  refusal: string | null
  busy: boolean
  onGive: (given: Given) => void
  onClose: () => void
}>) {
  const [points, setPoints] = useState(first)
  const [excused, setExcused] = useState(cell.excused)
  const [reason, setReason] = useState('')
  const id = useId()
  const why = useRef<HTMLTextAreaElement>(null)
  const number = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // A number that was typed already: what is missing is why.
    if (first === (cell.points ?? '')) number.current?.focus()
    else why.current?.focus()
  }, [first, cell.points])
  return (
    <Modal title={fill(words.dialogTitle, { title, name })} close={words.close} onClose={onClose}>
      <form
        className="mt-4 flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) onGive({ points: points.trim().replace(',', '.'), excused, reason: reason.trim() })
        }}
      >
        <label htmlFor={`${id}-points`} className="block">
          <span className="mb-1 block text-14 font-medium">
            {words.points} {fill(words.of, { max: cell.maxPoints })}
          </span>
          <input
            ref={number}
            id={`${id}-points`}
            inputMode="decimal"
            autoComplete="off"
            maxLength={10}
            value={points}
            onChange={(event) => setPoints(event.target.value)}
            className={CONTROL}
          />
        </label>
        <label className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            checked={excused}
            onChange={(event) => {
              setExcused(event.target.checked)
              if (event.target.checked) setPoints('')
            }}
            className="size-5"
          />
          {fill(words.excusedFor, { name })}
        </label>
        <label htmlFor={`${id}-reason`} className="block">
          <span className="mb-1 block text-14 font-medium">{words.reason}</span>
          <textarea
            ref={why}
            id={`${id}-reason`}
            dir="auto"
            rows={2}
            maxLength={REASON_MAX}
            value={reason}
            aria-describedby={`${id}-help`}
            onChange={(event) => setReason(event.target.value)}
            className={`${CONTROL} block field-sizing-content py-2`}
          />
          <span id={`${id}-help`} className="mt-1 block text-14 text-soft">
            {fill(words.reasonHelp, { name })}
          </span>
        </label>
        <p role="alert" className={refusal === null ? 'sr-only' : 'text-14 font-medium text-bad'}>
          {refusal ?? ''}
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <button type="submit" aria-disabled={busy || undefined} className={buttonClass('primary')}>
            {busy ? words.saving : words.save}
          </button>
          <button type="button" onClick={onClose} className={buttonClass('quiet')}>
            {words.cancel}
          </button>
          <a
            href={href}
            className="inline-flex min-h-11 items-center text-14 font-medium text-accent-11 underline underline-offset-4"
          >
            {words.more2}
          </a>
        </div>
      </form>
    </Modal>
  )
}
