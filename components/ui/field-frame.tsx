import type { ReactNode } from 'react'
import { Icon } from './icon'

/** What every text-like control looks like. 16 px: phones zoom the page into anything smaller. */
export const CONTROL =
  'min-h-11 w-full rounded-sm border border-edge bg-surface px-3 text-16 text-text placeholder:text-soft ' +
  'enabled:hover:border-accent-8 aria-invalid:border-bad aria-invalid:shadow-[inset_0_0_0_1px_var(--bad)] ' +
  '[&[readonly]]:bg-sunken disabled:bg-sunken disabled:text-soft'

/** The words around a field. */
export type FieldWords = Readonly<{
  label: string
  /** Said before the field, because it is needed before typing. */
  help?: ReactNode
  /** The words that mark a field that may stay empty; without them it is required. */
  optional?: string | undefined
}>

/** Ids of what describes a control: its help and its error. */
export function describedBy(id: string, help: ReactNode, error: string | null): string | undefined {
  const ids = [help === undefined ? null : `${id}-help`, error === null ? null : `${id}-error`]
  return ids.filter((one) => one !== null).join(' ') || undefined
}

/** What is wrong with a field, beside it. */
export function FieldError({ id, error }: { id: string; error: string | null }) {
  if (error === null) return null
  return (
    <p id={`${id}-error`} className="mt-2 flex items-start gap-2 text-14 font-medium text-bad">
      <Icon name="alert" size={16} className="mt-0.5" />
      <span>{error}</span>
    </p>
  )
}

/** Its name is read by the error summary from `data-label-of`. */
export function LabelText({
  name,
  label,
  optional,
}: {
  name: string
  label: string
  optional?: string | undefined
}) {
  return (
    <>
      <span data-label-of={name}>{label}</span>
      {optional === undefined ? null : <span className="font-normal text-soft"> {optional}</span>}
    </>
  )
}

/** Label above, help before the field, error beside it. */
export function FieldFrame({
  id,
  name,
  words,
  error,
  hideLabel = false,
  wide = false,
  children,
}: {
  id: string
  name: string
  words: FieldWords
  error: string | null
  /** For a field whose place says what it is, such as the one of a toolbar. */
  hideLabel?: boolean
  wide?: boolean
  children: ReactNode
}) {
  return (
    <div data-field className={`w-full min-w-0 ${wide ? 'max-w-column' : 'max-w-note'}`}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'block text-14 font-medium'}>
        <LabelText name={name} label={words.label} optional={words.optional} />
      </label>
      {words.help === undefined ? null : (
        <div id={`${id}-help`} className="mt-1 text-14 text-soft">
          {words.help}
        </div>
      )}
      <div className={hideLabel && words.help === undefined ? '' : 'mt-2'}>{children}</div>
      <FieldError id={id} error={error} />
    </div>
  )
}
