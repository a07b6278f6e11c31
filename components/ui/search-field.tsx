import { SubmitButton } from './button'
import { Icon } from './icon'

/** A search that is a plain GET form: the query ends up in the address, and it works before any script. */
export function SearchField({
  action,
  name,
  value,
  maxLength,
  label,
  help,
  button,
}: {
  action: string
  name: string
  value: string
  maxLength: number
  label: string
  help: string
  button: string
}) {
  return (
    <search>
      <form action={action} method="get">
        <label htmlFor="search-field" className="block font-medium">
          {label}
        </label>
        <p id="search-help" className="text-14 text-soft">
          {help}
        </p>
        <div className="mt-2 flex gap-2">
          <div className="relative min-w-0 grow">
            <Icon name="search" size={18} className="absolute inset-s-3 top-3 text-soft" />
            <input
              id="search-field"
              type="search"
              name={name}
              defaultValue={value}
              maxLength={maxLength}
              aria-describedby="search-help"
              autoComplete="off"
              enterKeyHint="search"
              className="min-h-11 w-full rounded-sm border border-edge bg-surface ps-10 pe-3 text-16"
            />
          </div>
          <SubmitButton look="quiet">{button}</SubmitButton>
        </div>
      </form>
    </search>
  )
}
