import type { ReactNode } from 'react'
import { Icon } from './icon'

/** A part that opens in place, without a script. `summary` must name what is inside. */
export function Disclosure({
  summary,
  open = false,
  children,
}: {
  summary: ReactNode
  open?: boolean
  children: ReactNode
}) {
  return (
    <details open={open} className="disclosure">
      <summary>
        <Icon name="chevron" size={18} />
        {summary}
      </summary>
      {children}
    </details>
  )
}
