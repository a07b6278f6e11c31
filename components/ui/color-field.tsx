'use client'

import { useRef } from 'react'
import { CONTROL, describedBy, FieldFrame, type FieldWords } from './field-frame'
import { textOf, useField } from './form-context'

/** A hex colour with or without its `#`, short or long, as the picker wants it; null for anything else. */
function hexOf(text: string): string | null {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1]?.toLowerCase()
  if (digits === undefined) return null
  return digits.length === 6 ? `#${digits}` : `#${[...digits].map((one) => one + one).join('')}`
}

/**
 * A colour as six hex digits: text, which is what is sent, and the system’s picker beside it, each following the
 * other. `defaultValue` is `#rrggbb`.
 */
export function ColorField({
  name,
  label,
  help,
  optional,
  defaultValue,
  pickerLabel,
}: FieldWords & Readonly<{ name: string; defaultValue: string; pickerLabel: string }>) {
  const { id, error, sent } = useField(name)
  const text = useRef<HTMLInputElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const start = textOf(sent) ?? defaultValue
  return (
    <FieldFrame id={id} name={name} words={{ label, help, optional }} error={error}>
      <div className="flex gap-2">
        <input
          ref={picker}
          type="color"
          aria-label={pickerLabel}
          defaultValue={hexOf(start) ?? '#000000'}
          onInput={(event) => {
            if (text.current !== null) text.current.value = event.currentTarget.value
          }}
          className="swatch size-11 shrink-0 cursor-pointer rounded-sm border border-edge bg-surface p-1 noscript:hidden"
        />
        <input
          ref={text}
          id={id}
          name={name}
          dir="ltr"
          defaultValue={start}
          maxLength={9}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required={optional === undefined}
          aria-invalid={error === null ? undefined : true}
          aria-describedby={describedBy(id, help, error)}
          onInput={(event) => {
            const hex = hexOf(event.currentTarget.value)
            if (hex !== null && picker.current !== null) picker.current.value = hex
          }}
          className={`${CONTROL} max-w-36 font-mono`}
        />
      </div>
    </FieldFrame>
  )
}
