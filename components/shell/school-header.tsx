import type { ReactNode } from 'react'
import { Icon } from '#components/ui/icon'
import { Kbd } from '#components/ui/kbd'
import { translator } from '#lib/i18n/translate'
import type { SchoolBrand } from '#lib/catalog/contract'
import type { NavEntry } from './nav-entries'
import { SchoolMark } from './school-mark'

/**
 * The search trigger is a link to the catalogue's own search. The palette takes the click over once its script
 * has loaded (see components/palette), so that searching never depends on a script.
 */
function SearchTrigger({ label }: { label: string }) {
  return (
    <a
      href="/courses#search-field"
      data-palette-open
      className="ms-auto hidden min-h-9 shrink-0 items-center whitespace-nowrap gap-2 rounded-sm border border-line bg-surface px-3 text-14 text-soft hover:border-accent-8 hover:text-text sm:inline-flex lg:w-56"
    >
      <Icon name="search" size={16} />
      <span className="me-auto max-lg:sr-only">{label}</span>
      <span aria-hidden="true" className="max-lg:hidden">
        <Kbd>Ctrl K</Kbd>
      </span>
    </a>
  )
}

export function SchoolHeader({
  brand,
  entries,
  account,
  bell,
}: {
  brand: SchoolBrand
  entries: NavEntry[]
  /** The account's menu, or the way to sign in. */
  account: ReactNode
  /** What is new; nothing for a visitor. */
  bell: ReactNode
}) {
  const t = translator(brand.locale, 'shell')
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-bg" data-chrome>
      <div className="mx-auto flex min-h-14 max-w-page items-center gap-6 px-4 sm:px-6">
        <a href="/" className="flex min-h-11 min-w-0 items-center gap-3 font-reading text-16 font-semibold">
          <SchoolMark name={brand.name} logoUrl={brand.logoUrl} />
          <span className="truncate">{brand.name}</span>
        </a>
        <nav aria-label={t('mainNav')} className="hidden shrink-0 sm:block">
          <ul className="nav-links flex gap-1">
            {entries.map((entry) => (
              <li key={entry.id}>
                <a href={entry.href} aria-current={entry.current ? 'page' : undefined}>
                  {entry.label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <SearchTrigger label={t('search')} />
        <div className="ms-auto flex items-center gap-2 sm:ms-0">
          {bell}
          {account}
        </div>
      </div>
    </header>
  )
}
