'use client'

import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Icon } from '#components/ui/icon'

/** A question over the page. The browser keeps the focus inside, and closes it by Escape unless `busy`. */
export function Modal({
  title,
  close,
  busy = false,
  onClose,
  children,
}: {
  title: string
  /** What the cross is called. */
  close: string
  busy?: boolean
  onClose: () => void
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    if (element?.open === false) element.showModal()
    // The browser would choose the first button; what is asked comes first.
    element?.querySelector('h2')?.focus()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        if (!busy) onClose()
      }}
      // A second Escape closes whatever was prevented before.
      onClose={() => busy && dialog.current?.showModal()}
      className="confirm arrive rounded-md border border-line bg-surface p-6 text-text shadow-float backdrop:bg-scrim"
    >
      <div className="flex items-start justify-between gap-4">
        <h2 id={id} tabIndex={-1} className="text-18 font-semibold outline-none">
          {title}
        </h2>
        {busy ? null : (
          <button
            type="button"
            aria-label={close}
            onClick={onClose}
            className="-m-2 inline-flex size-11 shrink-0 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text"
          >
            <Icon name="close" />
          </button>
        )}
      </div>
      {children}
    </dialog>
  )
}
