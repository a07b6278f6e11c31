'use client'

import { CONTROL, describedBy, FieldFrame, type FieldWords } from './field-frame'
import { useField } from './form-context'

/**
 * A code from an app or a message: one field, so that it can be pasted and filled by the system. Emptied after a
 * wrong one, because the next attempt needs a new code.
 */
export function CodeField({
  name,
  label,
  help,
  digits = 6,
  autoFocus = false,
}: Omit<FieldWords, 'optional'> & Readonly<{ name: string; digits?: number; autoFocus?: boolean }>) {
  const { id, error } = useField(name)
  return (
    <FieldFrame id={id} name={name} words={{ label, help }} error={error}>
      <input
        id={id}
        name={name}
        dir="ltr"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus={autoFocus}
        data-secret
        required
        aria-invalid={error === null ? undefined : true}
        aria-describedby={describedBy(id, help, error)}
        className={`${CONTROL} font-mono text-22 tracking-[0.3em] tabular-nums`}
        style={{ maxInlineSize: `calc(${digits} * 1.3ch + ${digits} * 0.3em + 2rem)` }}
      />
    </FieldFrame>
  )
}
