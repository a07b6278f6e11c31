'use client'

import { CONTROL, describedBy, FieldFrame, type FieldWords } from './field-frame'
import { textOf, useField } from './form-context'

/** Several lines of text. It grows with them where the browser can. */
export function TextArea({
  name,
  label,
  help,
  optional,
  defaultValue,
  rows = 4,
  maxLength,
  mono = false,
}: FieldWords &
  Readonly<{
    name: string
    defaultValue?: string | undefined
    rows?: number
    maxLength?: number
    /** For what is pasted as columns or codes. */
    mono?: boolean
  }>) {
  const { id, error, sent } = useField(name)
  return (
    <FieldFrame id={id} name={name} words={{ label, help, optional }} error={error} wide>
      <textarea
        id={id}
        name={name}
        dir="auto"
        rows={rows}
        maxLength={maxLength}
        defaultValue={textOf(sent) ?? defaultValue}
        required={optional === undefined}
        aria-invalid={error === null ? undefined : true}
        aria-describedby={describedBy(id, help, error)}
        className={`${CONTROL} block max-h-96 field-sizing-content py-2 ${mono ? 'font-mono text-14' : ''}`}
        style={{ minBlockSize: `${rows * 1.5 + 1.125}rem` }}
      />
    </FieldFrame>
  )
}
