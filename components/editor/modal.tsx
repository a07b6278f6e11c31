'use client'

import { type ReactNode, useEffect, useId, useRef } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { useTools } from './tools'
import { useFirstFault } from './use-first-fault'

/** A question to the author, over the page. The browser keeps the focus inside and closes it by Escape. */
export function Modal({
  title,
  submit,
  busy = false,
  onSubmit,
  onClose,
  extra,
  children,
}: {
  title: string
  submit: string
  busy?: boolean
  onSubmit: () => void
  onClose: () => void
  /** Beside the buttons: a way to take away what is there. */
  extra?: ReactNode
  children: ReactNode
}) {
  const { words } = useTools()
  const dialog = useRef<HTMLDialogElement>(null)
  const sent = useFirstFault(dialog, busy)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    if (element?.open === false) element.showModal()
    // The browser would choose the first button.
    element?.querySelector<HTMLElement>('input, textarea')?.focus()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className="confirm arrive rounded-md border border-line bg-surface p-6 text-text shadow-float backdrop:bg-scrim"
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (busy) return
          onSubmit()
          sent()
        }}
        className="flex flex-col gap-6"
      >
        <div className="flex items-start justify-between gap-4">
          <h2 id={id} className="text-18 font-semibold">
            {title}
          </h2>
          <button
            type="button"
            aria-label={words.close}
            onClick={onClose}
            className="-m-2 inline-flex size-11 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text"
          >
            <Icon name="close" />
          </button>
        </div>
        {children}
        <div className="flex flex-wrap items-center gap-3">
          <button type="submit" aria-disabled={busy || undefined} className={buttonClass('primary')}>
            {submit}
          </button>
          <button type="button" onClick={onClose} className={buttonClass('quiet')}>
            {words.cancel}
          </button>
          {extra}
        </div>
      </form>
    </dialog>
  )
}
