import { Icon } from '#components/ui/icon'
import { translator } from '#lib/i18n/translate'
import type { NavEntry } from './nav-entries'

function Place({ icon, label, href, current }: Omit<NavEntry, 'id'>) {
  return (
    <li>
      <a href={href} aria-current={current ? 'page' : undefined}>
        <Icon name={icon} size={22} />
        {label}
      </a>
    </li>
  )
}

/** Navigation within a thumb's reach, on phones only. */
export function BottomBar({
  locale,
  entries,
  account,
}: {
  locale: string
  entries: NavEntry[]
  account: NavEntry
}) {
  const t = translator(locale, 'shell')
  return (
    <nav
      aria-label={t('mainNav')}
      data-bottom-bar
      data-chrome
      className="bottom-bar fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <ul className="grid auto-cols-fr grid-flow-col">
        {entries.map((entry) => (
          <Place key={entry.id} {...entry} />
        ))}
        <li>
          <a href="/courses#search-field" data-palette-open>
            <Icon name="search" size={22} />
            {t('search')}
          </a>
        </li>
        <Place {...account} />
      </ul>
    </nav>
  )
}
