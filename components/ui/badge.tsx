import type { ReactNode } from 'react'

/** A word about a thing's state. It says the state in words; the colour only helps to find it. */
export function Badge({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex shrink-0 whitespace-nowrap items-center gap-1 rounded-sm bg-accent-3 px-2 text-12 font-semibold text-accent-11">
      {children}
    </span>
  )
}
