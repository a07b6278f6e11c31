'use client'

import type { ReactNode } from 'react'
import { describedBy, FieldError, LabelText } from './field-frame'
import { useField } from './form-context'

/** One yes or no. It sends `value` when ticked, and nothing otherwise. */
export function CheckboxField({
  name,
  value = 'on',
  label,
  help,
  defaultChecked = false,
  required = false,
}: {
  name: string
  value?: string
  label: string
  help?: ReactNode
  defaultChecked?: boolean | undefined
  /** It must be ticked: terms, a warning that was read. */
  required?: boolean
}) {
  const { id, error, sent, wasSent } = useField(name)
  return (
    <div className="max-w-column">
      <div className="grid grid-cols-[auto_1fr] gap-x-3">
        <input
          id={id}
          type="checkbox"
          name={name}
          value={value}
          defaultChecked={wasSent ? sent !== undefined : defaultChecked}
          required={required}
          aria-invalid={error === null ? undefined : true}
          aria-describedby={describedBy(id, help, error)}
          className="mt-3 size-5 aria-invalid:outline-2 aria-invalid:outline-bad sm:mt-2"
        />
        <label htmlFor={id} className="flex min-h-11 items-center py-2 text-16 sm:min-h-9 sm:py-1">
          <span>
            <LabelText name={name} label={label} />
          </span>
        </label>
        {help === undefined ? null : (
          <div id={`${id}-help`} className="col-start-2 text-14 text-soft">
            {help}
          </div>
        )}
      </div>
      <FieldError id={id} error={error} />
    </div>
  )
}
