import type { ReactNode } from 'react'
import { Breadcrumbs } from './breadcrumbs'

/** The head of a page: the way up, its one h1, what it is for, and its one main action. */
export function PageHeader({
  title,
  intro,
  badge,
  actions,
  crumbs,
}: {
  title: string
  intro?: ReactNode
  /** The state of the thing the page is about. */
  badge?: ReactNode
  actions?: ReactNode
  crumbs?: Readonly<{ label: string; items: readonly { label: string; href: string }[] }>
}) {
  return (
    <header className="mb-8">
      {crumbs === undefined ? null : <Breadcrumbs label={crumbs.label} crumbs={crumbs.items} />}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="font-reading text-28 font-medium sm:text-36">{title}</h1>
            {badge}
          </div>
          {intro === undefined ? null : <div className="mt-2 max-w-column text-soft">{intro}</div>}
        </div>
        {actions == null ? null : <div className="flex flex-wrap gap-3">{actions}</div>}
      </div>
    </header>
  )
}
