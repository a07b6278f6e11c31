'use client'

import type { ReactNode } from 'react'
import { buttonClass } from './button'
import { Icon } from './icon'
import { ProgressBar } from './progress-bar'

/** A file that is here, and the way to take it out again. */
export function KeptFile({
  label,
  onRemove,
  children,
}: {
  label: string
  onRemove: () => void
  children: ReactNode
}) {
  return (
    <li className="flex items-center gap-3 py-2">
      <Icon name="assignment" size={18} className="text-soft" />
      <span className="min-w-0 grow wrap-anywhere">{children}</span>
      <button
        type="button"
        aria-label={label}
        onClick={onRemove}
        className="inline-flex size-11 shrink-0 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text"
      >
        <Icon name="trash" size={18} />
      </button>
    </li>
  )
}

/** A file on its way. `text` says how far it is. */
export function SendingFile({ text, percent }: { text: string; percent: number }) {
  return (
    <div className="mt-3">
      <p className="text-14">{text}</p>
      <div className="mt-2">
        <ProgressBar value={percent} max={100} />
      </div>
    </div>
  )
}

/** Why a file didn't arrive, with another try where one may help. */
export function FailedFile({
  text,
  retry,
  onRetry,
}: {
  text: string
  retry: string
  onRetry: (() => void) | null
}) {
  return (
    <div role="alert" className="mt-3 flex flex-wrap items-center gap-3 text-14 font-medium text-bad">
      <Icon name="alert" size={16} />
      <span className="min-w-0">{text}</span>
      {onRetry === null ? null : (
        <button type="button" onClick={onRetry} className={buttonClass('quiet', 'small')}>
          {retry}
        </button>
      )}
    </div>
  )
}

type Choosing = {
  label: string
  /** Endings without their dots. */
  endings: readonly string[]
  disabled: boolean
  describedBy: string
  onChoose: (file: File) => void
  id?: string | undefined
}

/** The button that chooses a file. The file is handed on at once; no form sends it. */
export function ChooseFile({ label, endings, disabled, describedBy, onChoose, id }: Choosing) {
  return (
    <label
      className={`${buttonClass('quiet')} mt-4 cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-8`}
    >
      <Icon name="upload" size={18} />
      {label}
      <input
        id={id}
        type="file"
        disabled={disabled}
        accept={endings.map((ending) => `.${ending}`).join()}
        aria-describedby={describedBy}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file !== undefined) onChoose(file)
        }}
        className="sr-only"
      />
    </label>
  )
}
