import type { ReactNode } from 'react'

/** A word about a thing's state. It says the state in words; the colour only helps to find it. */
export function Badge({ children }: { children: ReactNode }) {
  return <span className="badge">{children}</span>
}
