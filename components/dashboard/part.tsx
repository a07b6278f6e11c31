import type { ReactNode } from 'react'

/** A part of the page under a heading of its own. */
export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="mb-4 text-18 font-semibold">
        {title}
      </h2>
      {children}
    </section>
  )
}
