import type { ReactNode } from 'react'

const LOOKS = {
  /** The one thing to do in this view. Its border is seen only where the system paints its own colours. */
  primary: 'border border-transparent bg-accent-9 text-on-accent hover:bg-accent-10 active:bg-accent-11',
  quiet: 'border border-edge bg-surface text-text hover:bg-accent-2 hover:border-accent-8 active:bg-accent-3',
  /** Stands among others, or in a row of a table: no box until it is pointed at. */
  plain: 'border border-transparent text-soft hover:bg-sunken hover:text-text active:bg-accent-3',
  /** Leads to something that can't be undone. */
  risky: 'border border-edge bg-surface text-bad hover:border-bad hover:bg-bad-tint',
  /** Does what can't be undone. */
  danger: 'border border-transparent bg-bad text-bg hover:brightness-90 active:brightness-80',
} as const

const SIZES = {
  regular: 'min-h-11 px-4 py-2 text-16',
  /** For dense pages: smaller where there is a pointer, as large as ever under a thumb. */
  small: 'min-h-11 px-3 py-1 text-14 sm:min-h-9',
} as const

export type ButtonLook = keyof typeof LOOKS
export type ButtonSize = keyof typeof SIZES

/** What a button and a link that looks like one share: 44 px high, so that a thumb finds it. */
export function buttonClass(look: ButtonLook, size: ButtonSize = 'regular'): string {
  return `inline-flex items-center justify-center gap-2 rounded-sm font-medium no-underline aria-disabled:cursor-default aria-disabled:opacity-75 ${SIZES[size]} ${LOOKS[look]}`
}

/** A submit button: every form here works as a plain form. `name` and `value` are sent if this is the one pressed. */
export function SubmitButton({
  look = 'primary',
  size = 'regular',
  name,
  value,
  children,
}: {
  look?: ButtonLook
  size?: ButtonSize
  name?: string
  value?: string
  children: ReactNode
}) {
  return (
    <button type="submit" name={name} value={value} className={buttonClass(look, size)}>
      {children}
    </button>
  )
}
