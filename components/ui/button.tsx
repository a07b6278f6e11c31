import type { ReactNode } from 'react'

/**
 * `primary` is the one thing to do in this view; `plain` stands among others, or in a row of a table: no box until it
 * is pointed at; `risky` leads to something that can’t be undone, and `danger` does it.
 */
export type ButtonLook = 'primary' | 'quiet' | 'plain' | 'risky' | 'danger'
export type ButtonSize = 'regular' | 'small'

/** What a button and a link that looks like one share: 44 px high, so that a thumb finds it. Drawn in app/frame.css. */
export function buttonClass(look: ButtonLook, size: ButtonSize = 'regular'): string {
  return `button button-${size} button-${look}`
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
