'use client'

import type { ReactNode } from 'react'
import { describedBy, FieldError, LabelText, type FieldWords } from './field-frame'
import { useField } from './form-context'

export type Choice = Readonly<{
  value: string
  label: string
  /** What choosing it means. */
  description?: ReactNode
  disabled?: boolean
}>

/** The frame that one-of and some-of share: a group with a legend, each choice a whole line to press. */
export function ChoiceGroup({
  kind,
  name,
  label,
  help,
  optional,
  choices,
  chosen,
}: FieldWords &
  Readonly<{
    kind: 'radio' | 'checkbox'
    name: string
    choices: readonly Choice[]
    chosen: readonly string[]
  }>) {
  const { id, error, sent, wasSent } = useField(name)
  const ticked = wasSent ? [sent ?? []].flat() : chosen
  return (
    <fieldset aria-describedby={describedBy(id, help, error)} className="max-w-column min-w-0">
      <legend className="text-14 font-medium">
        <LabelText name={name} label={label} optional={optional} />
      </legend>
      {help === undefined ? null : (
        <div id={`${id}-help`} className="mt-1 text-14 text-soft">
          {help}
        </div>
      )}
      <div className="mt-2 grid gap-px overflow-hidden rounded-sm border border-line bg-line">
        {choices.map((choice, index) => (
          <label
            key={choice.value}
            className="grid min-h-11 cursor-pointer grid-cols-[auto_1fr] content-center gap-x-3 bg-surface px-4 py-2.5 hover:bg-accent-2 has-checked:bg-accent-2 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent-8 has-disabled:cursor-default has-disabled:bg-sunken has-disabled:text-soft"
          >
            <input
              id={index === 0 ? id : `${id}-${choice.value}`}
              type={kind}
              name={name}
              value={choice.value}
              disabled={choice.disabled}
              defaultChecked={ticked.includes(choice.value)}
              required={kind === 'radio' && optional === undefined}
              aria-invalid={error === null ? undefined : true}
              aria-labelledby={`${id}-${choice.value}-name`}
              aria-describedby={choice.description === undefined ? undefined : `${id}-${choice.value}-about`}
              className="mt-0.5 size-5 outline-none"
            />
            <span id={`${id}-${choice.value}-name`} className="font-medium">
              {choice.label}
            </span>
            {choice.description === undefined ? null : (
              <span id={`${id}-${choice.value}-about`} className="col-start-2 text-14 text-soft">
                {choice.description}
              </span>
            )}
          </label>
        ))}
      </div>
      <FieldError id={id} error={error} />
    </fieldset>
  )
}
