'use client'

import { type InputHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react'
import { CONTROL, describedBy, FieldFrame } from '#components/ui/field-frame'
import { Icon } from '#components/ui/icon'

type Words = Readonly<{ label: string; help?: string; optional?: string; error?: string | null }>

type Box = Words &
  Readonly<{ name: string; value: string; onValue: (value: string) => void }> &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'className'>

/** One line whose text the page holds itself. */
export function Field({ label, help, optional, error = null, name, value, onValue, ...input }: Box) {
  const id = useId()
  return (
    <FieldFrame id={id} name={name} words={{ label, help, optional }} error={error}>
      <input
        {...input}
        id={id}
        name={name}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        aria-invalid={error === null ? undefined : true}
        aria-describedby={describedBy(id, help, error)}
        className={CONTROL}
      />
    </FieldFrame>
  )
}

type Area = Words &
  Readonly<{ name: string; value: string; onValue: (value: string) => void }> &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange' | 'className'>

/** Some lines whose text the page holds itself. */
export function Lines({ label, help, optional, error = null, name, value, onValue, ...area }: Area) {
  const id = useId()
  return (
    <FieldFrame id={id} name={name} words={{ label, help, optional }} error={error}>
      <textarea
        {...area}
        id={id}
        name={name}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        aria-invalid={error === null ? undefined : true}
        aria-describedby={describedBy(id, help, error)}
        className={`${CONTROL} py-2`}
      />
    </FieldFrame>
  )
}

/** A file that the page takes itself, as soon as it is chosen. */
export function ChooseFile({
  label,
  help,
  error = null,
  name,
  accept,
  onFile,
}: Words & Readonly<{ name: string; accept: string; onFile: (file: File) => void }>) {
  const id = useId()
  return (
    <FieldFrame id={id} name={name} words={{ label, help }} error={error}>
      <input
        id={id}
        name={name}
        type="file"
        accept={accept}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file !== undefined) onFile(file)
        }}
        aria-invalid={error === null ? undefined : true}
        aria-describedby={describedBy(id, help, error)}
        className={`${CONTROL} cursor-pointer py-2 file:me-3 file:rounded-sm file:border-0 file:bg-accent-3 file:px-3 file:py-1 file:text-14 file:font-medium file:text-accent-12`}
      />
    </FieldFrame>
  )
}

/** A yes or no that the page holds itself. */
export function Tick({
  label,
  help,
  name,
  checked,
  onChecked,
}: Readonly<{
  label: string
  help?: string
  name: string
  checked: boolean
  onChecked: (checked: boolean) => void
}>) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="flex min-h-11 items-center gap-3">
        <input
          id={id}
          name={name}
          type="checkbox"
          checked={checked}
          onChange={(event) => onChecked(event.target.checked)}
          aria-describedby={help === undefined ? undefined : `${id}-help`}
          className="size-5 shrink-0"
        />
        <span>{label}</span>
      </label>
      {help === undefined ? null : (
        <p id={`${id}-help`} className="ps-8 text-14 text-soft">
          {help}
        </p>
      )}
    </div>
  )
}

/** A choice of a few that the page holds itself. */
export function Choose({
  label,
  help,
  error = null,
  name,
  value,
  options,
  onValue,
}: Words &
  Readonly<{
    name: string
    value: string
    options: readonly Readonly<{ value: string; label: string }>[]
    onValue: (value: string) => void
  }>) {
  const id = useId()
  return (
    <FieldFrame id={id} name={name} words={{ label, help }} error={error}>
      <div className="relative">
        <select
          id={id}
          name={name}
          value={value}
          onChange={(event) => onValue(event.target.value)}
          aria-invalid={error === null ? undefined : true}
          aria-describedby={describedBy(id, help, error)}
          className={`${CONTROL} appearance-none truncate pe-10`}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon
          name="sort"
          size={16}
          className="pointer-events-none absolute inset-e-3 top-3.5 text-soft forced-colors:hidden"
        />
      </div>
    </FieldFrame>
  )
}
