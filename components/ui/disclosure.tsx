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
    <details open={open} className="group">
      <summary className="flex min-h-11 list-none items-center gap-3 rounded-sm py-3">
        <Icon
          name="chevron"
          size={18}
          className="text-soft group-open:rotate-90 rtl:group-open:rotate-90 motion-safe:transition-transform"
        />
        {summary}
      </summary>
      {children}
    </details>
  )
}
