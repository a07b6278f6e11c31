'use client'

import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react'
import { CONTROL, describedBy, FieldFrame, type FieldWords } from './field-frame'
import { textOf, useField } from './form-context'

type Affix = string | undefined

type TextFieldProps = FieldWords &
  Readonly<{
    name: string
    type?: 'text' | 'email' | 'url' | 'tel' | 'search' | 'number' | 'date' | 'time' | 'datetime-local'
    defaultValue?: string | number | undefined
    hideLabel?: boolean
    autoComplete?: HTMLInputAutoCompleteAttribute
    inputMode?: 'text' | 'email' | 'url' | 'numeric' | 'decimal' | 'tel' | 'search'
    autoCapitalize?: 'none' | 'sentences' | 'words'
    spellCheck?: boolean
    maxLength?: number
    min?: number | string
    max?: number | string
    step?: number | 'any'
    readOnly?: boolean
    /** Only where the page is this one form, such as signing in. */
    autoFocus?: boolean
    /** Said inside the box, before or after what is typed: a unit, the rest of an address. Read out with the help. */
    before?: Affix
    after?: Affix
  }>

/** The box around a field with words inside it. Its parts stand left to right, as an address does. */
function Box({
  id,
  before,
  after,
  children,
}: {
  id: string
  before: Affix
  after: Affix
  children: ReactNode
}) {
  return (
    <div
      dir="ltr"
      className={`${CONTROL} flex items-center gap-1 has-aria-invalid:border-bad has-aria-invalid:shadow-[inset_0_0_0_1px_var(--bad)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-8`}
    >
      {before === undefined ? null : (
        <span id={`${id}-before`} className="shrink-0 text-14 text-soft">
          {before}
        </span>
      )}
      {children}
      {after === undefined ? null : (
        <span id={`${id}-after`} className="shrink-0 text-14 text-soft">
          {after}
        </span>
      )}
    </div>
  )
}

function described(id: string, help: ReactNode, error: string | null, before: Affix, after: Affix) {
  const affixes = [before === undefined ? null : `${id}-before`, after === undefined ? null : `${id}-after`]
  return [describedBy(id, help, error), ...affixes].filter((one) => one != null).join(' ') || undefined
}

/** One line of text. Addresses are typed left to right, everything else in its own direction. */
export function TextField({
  name,
  label,
  help,
  optional,
  type = 'text',
  defaultValue,
  hideLabel = false,
  before,
  after,
  ...input
}: TextFieldProps) {
  const { id, error, sent } = useField(name)
  const boxed = before !== undefined || after !== undefined
  const leftToRight = boxed || type === 'email' || type === 'url'
  const control = (
    <input
      {...input}
      id={id}
      name={name}
      type={type}
      dir={leftToRight ? 'ltr' : 'auto'}
      defaultValue={textOf(sent) ?? defaultValue}
      required={optional === undefined}
      aria-invalid={error === null ? undefined : true}
      aria-describedby={described(id, help, error, before, after)}
      className={boxed ? 'min-h-10 w-full min-w-0 grow bg-transparent text-16 outline-none' : CONTROL}
    />
  )
  return (
    <FieldFrame id={id} name={name} words={{ label, help, optional }} error={error} hideLabel={hideLabel}>
      {boxed ? (
        <Box id={id} before={before} after={after}>
          {control}
        </Box>
      ) : (
        control
      )}
    </FieldFrame>
  )
}
