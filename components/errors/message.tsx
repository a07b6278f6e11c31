import type { ReactNode } from 'react'
import { CoverArt } from '#components/ui/cover-art'

/** What all refusals look like: a drawing, one heading, what happened, and what to do. */
export function Message({
  seed,
  status,
  title,
  children,
}: {
  /** Of the drawing; null for none. Next puts the 404 and 403 views into every page's payload, so those have none. */
  seed: string | null
  /** Small line above the heading. */
  status: string
  title: string
  children: ReactNode
}) {
  return (
    <div className="mx-auto flex max-w-column flex-col gap-8 py-4 sm:py-8">
      {seed === null ? null : (
        <div className="aspect-[3/1] overflow-hidden rounded-md" data-chrome>
          <CoverArt seed={seed} />
        </div>
      )}
      <div>
        <p className="text-14 text-soft tabular-nums">{status}</p>
        <h1 className="mt-2 font-reading text-36 font-medium tracking-[-0.01em] wrap-break-word">{title}</h1>
        {children}
      </div>
    </div>
  )
}
