'use client'

import { useState } from 'react'
import { CONTROL, describedBy, FieldFrame, type FieldWords } from './field-frame'
import { useField } from './form-context'
import { Icon } from './icon'

/**
 * A password: may be pasted, filled by a manager, and looked at. It is emptied after every answer of the server,
 * and is never filled from the page.
 */
export function PasswordField({
  name,
  label,
  help,
  optional,
  autoComplete,
  showLabel,
  hideLabel,
  minLength,
  autoFocus = false,
}: FieldWords &
  Readonly<{
    name: string
    /** Says to the manager whether to offer the old one or to make one. */
    autoComplete: 'current-password' | 'new-password'
    /** Names of the eye: “Show password”, “Hide password”. */
    showLabel: string
    hideLabel: string
    minLength?: number
    /** Only where the page is this one form. */
    autoFocus?: boolean
  }>) {
  const { id, error } = useField(name)
  const [shown, setShown] = useState(false)
  return (
    <FieldFrame id={id} name={name} words={{ label, help, optional }} error={error}>
      {/* Password and eye share one direction, so that the eye never lies on the text. */}
      <div dir="ltr" className="relative">
        <input
          id={id}
          name={name}
          type={shown ? 'text' : 'password'}
          data-secret
          autoComplete={autoComplete}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          minLength={minLength}
          autoFocus={autoFocus}
          required={optional === undefined}
          aria-invalid={error === null ? undefined : true}
          aria-describedby={describedBy(id, help, error)}
          className={`${CONTROL} pe-12`}
        />
        <button
          type="button"
          aria-label={shown ? hideLabel : showLabel}
          aria-controls={id}
          onClick={() => setShown(!shown)}
          className="absolute inset-e-0 top-0 inline-flex size-11 items-center justify-center rounded-sm text-soft hover:text-text noscript:hidden"
        >
          <Icon name={shown ? 'eye-off' : 'eye'} size={18} />
        </button>
      </div>
    </FieldFrame>
  )
}
