'use client'

import { useEffect, useRef } from 'react'
import { fieldId, type FormOutcome } from './form-context'
import { Icon } from './icon'

type Refusal = Extract<FormOutcome, { ok: false }>

/** One wrong field, linked to it. The server also names what no field stands for; that is text only. */
function Fault({
  form,
  name,
  text,
  label,
}: {
  form: string
  name: string
  text: string
  label?: string | undefined
}) {
  if (name === 'request' || name === 'form') return <li>{text}</li>
  return (
    <li>
      <a
        href={`#${fieldId(form, name)}`}
        className="inline-flex min-h-11 items-center underline underline-offset-2 sm:min-h-6"
      >
        {label === undefined ? text : `${label}: ${text}`}
      </a>
    </li>
  )
}

/**
 * What went wrong, above the form. It takes the focus each time the server refuses, so that it is read out and is
 * in view, and so that the next Tab leads into it.
 */
export function FormErrors({
  form,
  refusal,
  labels,
  title,
  reference,
}: {
  form: string
  refusal: Refusal
  /** Names of the fields, by what they are sent as. */
  labels: Readonly<Record<string, string>>
  title: string
  /** The word before the number of an error that nobody expected. */
  reference: string | undefined
}) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [refusal])
  const faults = Object.entries(refusal.fields)
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      autoFocus
      data-refused
      className="w-full rounded-sm border-s-2 border-bad bg-bad-tint p-4 text-14"
    >
      <p className="flex items-center gap-2 font-semibold text-bad">
        <Icon name="alert" size={18} />
        {title}
      </p>
      {faults.length > 0 ? (
        <ul className="mt-1 ps-7">
          {faults.map(([name, text]) => (
            <Fault key={name} form={form} name={name} text={text} label={labels[name]} />
          ))}
        </ul>
      ) : (
        <p className="mt-1 ps-7">{refusal.message}</p>
      )}
      {reference !== undefined && refusal.code === 'unexpected' ? (
        <p className="mt-1 ps-7 text-soft">
          {reference} <code className="font-mono text-text">{refusal.errorId}</code>
        </p>
      ) : null}
    </div>
  )
}

/** The line that says it is done. It stands there empty before, because only a change is announced. */
export function FormSaved({ text }: { text: string | null }) {
  return (
    <p
      role="status"
      className={text === null ? 'sr-only' : 'flex items-center gap-2 text-14 font-medium text-good'}
    >
      {text === null ? null : (
        <>
          <Icon name="check-circle" size={18} />
          {text}
        </>
      )}
    </p>
  )
}
