'use client'

import { CONTROL, describedBy, FieldFrame, type FieldWords } from './field-frame'
import { textOf, useField } from './form-context'
import { Icon } from './icon'

type Option = Readonly<{ value: string; label: string }>

/** Options under a heading of their own, for long lists such as time zones. */
export type OptionGroup = Readonly<{ label: string; options: readonly Option[] }>

/** The system’s own list: it opens as people know it, on every device. */
export function SelectField({
  name,
  label,
  help,
  optional,
  options,
  groups = [],
  defaultValue,
  hideLabel = false,
}: FieldWords &
  Readonly<{
    name: string
    options: readonly Option[]
    groups?: readonly OptionGroup[]
    defaultValue?: string | undefined
    hideLabel?: boolean
  }>) {
  const { id, error, sent } = useField(name)
  const item = (one: Option) => (
    <option key={one.value} value={one.value}>
      {one.label}
    </option>
  )
  return (
    <FieldFrame id={id} name={name} words={{ label, help, optional }} error={error} hideLabel={hideLabel}>
      <div className="relative">
        <select
          id={id}
          name={name}
          defaultValue={textOf(sent) ?? defaultValue}
          required={optional === undefined}
          aria-invalid={error === null ? undefined : true}
          aria-describedby={describedBy(id, help, error)}
          className={`${CONTROL} appearance-none truncate pe-10`}
        >
          {options.map(item)}
          {groups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.options.map(item)}
            </optgroup>
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
