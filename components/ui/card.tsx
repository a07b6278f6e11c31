import type { ReactNode } from 'react'

/** A thing that stands for itself on a page. Not a wrapper for whatever else: white space groups better than a box. */
export function Card({
  title,
  actions,
  children,
}: {
  title?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="min-w-0 rounded-md border border-line bg-surface p-4 sm:p-6">
      {title === undefined && actions === undefined ? null : (
        <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          {title === undefined ? null : <h2 className="text-18 font-semibold">{title}</h2>}
          {actions}
        </div>
      )}
      {children}
    </div>
  )
}
