import type { ReactNode } from 'react'
import { buttonClass, type ButtonLook, type ButtonSize } from './button'

/** A link to another place that deserves a button's weight. `href` is a path of this host or an https address. */
export function LinkButton({
  href,
  look = 'primary',
  size = 'regular',
  children,
}: {
  href: string
  look?: ButtonLook
  size?: ButtonSize
  children: ReactNode
}) {
  return (
    <a href={href} className={buttonClass(look, size)}>
      {children}
    </a>
  )
}
