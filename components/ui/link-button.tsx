import type { ReactNode } from 'react'
import { buttonClass, type ButtonLook } from './button'

/** A link to another place that deserves a button's weight. `href` is a path of this host or an https address. */
export function LinkButton({
  href,
  look = 'primary',
  children,
}: {
  href: string
  look?: ButtonLook
  children: ReactNode
}) {
  return (
    <a href={href} className={buttonClass(look)}>
      {children}
    </a>
  )
}
