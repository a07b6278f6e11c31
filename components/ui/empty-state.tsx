import type { ReactNode } from 'react'
import { CoverArt } from './cover-art'

/** Where a list would be: says why it is empty and, with `children`, what to do next. */
export function EmptyState({
  title,
  body,
  seed,
  children,
}: {
  title: string
  body: string
  /** Decides the drawing; the same place keeps the same one. */
  seed: string
  children?: ReactNode
}) {
  return (
    <div className="flex flex-col items-start gap-6 py-8 sm:flex-row sm:items-center sm:gap-8">
      <div className="aspect-video w-48 shrink-0 overflow-hidden rounded-md" data-chrome>
        <CoverArt seed={seed} />
      </div>
      <div className="max-w-note">
        <h2 className="font-reading text-22 font-medium">{title}</h2>
        <p className="mt-2 text-soft">{body}</p>
        {children === undefined ? null : <div className="mt-4 flex flex-wrap gap-3">{children}</div>}
      </div>
    </div>
  )
}
