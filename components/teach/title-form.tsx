'use client'

import { type SubmitEvent, useId, useRef, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { CONTROL } from '#components/ui/field-frame'
import { TITLE_MAX } from '#lib/teach/rules'

/**
 * One title, typed in place. Enter sends it, Escape lets it be. `again` keeps the field for the next one, so that a list
 * is typed without leaving the keyboard.
 */
export function TitleForm({
  label,
  showLabel = false,
  initial = '',
  submit,
  cancel,
  needed,
  again = false,
  autoFocus = true,
  onSubmit,
  onCancel,
}: {
  label: string
  showLabel?: boolean
  initial?: string
  submit: string
  /** The word on the button that lets it be; null where there is no way out. */
  cancel: string | null
  /** What is said of a title that can't be one. */
  needed: string
  again?: boolean
  autoFocus?: boolean
  onSubmit: (title: string) => void
  onCancel?: () => void
}) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState(false)
  const send = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const input = field.current
    const title = input?.value.trim() ?? ''
    setWrong(title === '')
    input?.focus()
    if (title === '') return
    onSubmit(title)
    if (again && input !== null) input.value = ''
  }
  return (
    <form
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) onCancel?.()
      }}
      className="flex min-w-0 grow flex-wrap items-end gap-2"
      noValidate
    >
      <div className="min-w-0 grow basis-56">
        <label htmlFor={id} className={showLabel ? 'mb-2 block text-14 font-medium' : 'sr-only'}>
          {label}
        </label>
        <input
          ref={field}
          id={id}
          dir="auto"
          defaultValue={initial}
          maxLength={TITLE_MAX}
          autoComplete="off"
          enterKeyHint="done"
          autoFocus={autoFocus}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          onFocus={(event) => event.currentTarget.select()}
          className={CONTROL}
        />
        {wrong ? (
          <p id={`${id}-wrong`} role="alert" className="mt-1 text-14 font-medium text-bad">
            {needed}
          </p>
        ) : null}
      </div>
      <button type="submit" className={buttonClass('quiet')}>
        {submit}
      </button>
      {cancel === null ? null : (
        <button type="button" onClick={onCancel} className={buttonClass('plain')}>
          {cancel}
        </button>
      )}
    </form>
  )
}
