import type { ReactNode } from 'react'
import { buttonClass, SubmitButton } from './button'
import { CONTROL } from './field-frame'
import { HiddenFields } from './hidden-fields'
import { Icon } from './icon'
import { SubmitOnChange } from './submit-on-change'

type Search = Readonly<{ name: string; value: string; label: string; maxLength?: number }>

type Filter = Readonly<{
  name: string
  label: string
  value: string
  options: readonly Readonly<{ value: string; label: string }>[]
}>

const LABEL = 'block text-12 font-medium text-soft'

function SearchBox({ id, search }: { id: string; search: Search }) {
  return (
    <div className="min-w-0 grow basis-56">
      <label htmlFor={`${id}-${search.name}`} className={LABEL}>
        {search.label}
      </label>
      <div className="relative mt-1">
        <Icon name="search" size={18} className="pointer-events-none absolute inset-s-3 top-3 text-soft" />
        <input
          id={`${id}-${search.name}`}
          type="search"
          name={search.name}
          defaultValue={search.value}
          maxLength={search.maxLength ?? 200}
          autoComplete="off"
          enterKeyHint="search"
          className={`${CONTROL} ps-10`}
        />
      </div>
    </div>
  )
}

function FilterBox({ id, filter }: { id: string; filter: Filter }) {
  return (
    <div className="min-w-0 grow basis-36 sm:grow-0">
      <label htmlFor={`${id}-${filter.name}`} className={LABEL}>
        {filter.label}
      </label>
      <div className="relative mt-1">
        <select
          id={`${id}-${filter.name}`}
          name={filter.name}
          defaultValue={filter.value}
          className={`${CONTROL} appearance-none truncate pe-9`}
        >
          {filter.options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
        <Icon
          name="sort"
          size={16}
          className="pointer-events-none absolute inset-e-3 top-3.5 text-soft forced-colors:hidden"
        />
      </div>
    </div>
  )
}

/** Search and filters of a list: a plain GET form, so that what is shown has an address. */
export function TableToolbar({
  id,
  label,
  action,
  search,
  filters = [],
  keep = {},
  submit,
  reset,
  children,
}: {
  id: string
  /** Names the landmark: “Find people”. */
  label: string
  /** Path of the list itself. */
  action: string
  search?: Search | undefined
  filters?: readonly Filter[]
  /** What else stands in the address and stays there, such as the order. Not the page’s position. */
  keep?: Readonly<Record<string, string>>
  submit: string
  /** The way back to the whole list, while something is filtered. */
  reset?: Readonly<{ href: string; label: string }> | null
  /** At the other end of the line: a download, for instance. */
  children?: ReactNode
}) {
  return (
    <search aria-label={label} data-chrome>
      <form action={action} method="get" className="flex flex-wrap items-end gap-3">
        <HiddenFields values={keep} />
        {search === undefined ? null : <SearchBox id={id} search={search} />}
        {filters.map((filter) => (
          <FilterBox key={filter.name} id={id} filter={filter} />
        ))}
        <SubmitButton look="quiet">{submit}</SubmitButton>
        {reset == null ? null : (
          <a href={reset.href} className={buttonClass('plain')}>
            {reset.label}
          </a>
        )}
        {children}
        {filters.length > 0 ? <SubmitOnChange /> : null}
      </form>
    </search>
  )
}
