import { Icon, type IconName } from '#components/ui/icon'
import { translator } from '#lib/i18n/translate'
import type { NavEntry } from './nav-entries'

const CELL =
  'flex min-h-15 w-full flex-col items-center justify-center gap-1 text-12 font-medium text-soft aria-[current]:text-accent-11'

/** The current place also gets a bar above its icon: colour alone would not tell it. */
function Cell({ icon, label, current }: { icon: IconName; label: string; current: boolean }) {
  return (
    <>
      <span
        aria-hidden="true"
        className={`h-[3px] w-8 rounded-full ${current ? 'bg-accent-9' : 'bg-transparent'}`}
      />
      <Icon name={icon} size={22} />
      {label}
    </>
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
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <ul className="grid auto-cols-fr grid-flow-col">
        {entries.map((entry) => (
          <li key={entry.id}>
            <a href={entry.href} aria-current={entry.current ? 'page' : undefined} className={CELL}>
              <Cell icon={entry.icon} label={entry.label} current={entry.current} />
            </a>
          </li>
        ))}
        <li>
          <a href="/courses#search-field" data-palette-open className={CELL}>
            <Cell icon="search" label={t('search')} current={false} />
          </a>
        </li>
        <li>
          <a href={account.href} aria-current={account.current ? 'page' : undefined} className={CELL}>
            <Cell icon={account.icon} label={account.label} current={account.current} />
          </a>
        </li>
      </ul>
    </nav>
  )
}
