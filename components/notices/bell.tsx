import { Icon } from '#components/ui/icon'
import type { Viewer } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'
import { badgeOf, bellLabel } from '#lib/notifications/rules/badge'
import { LiveNotices } from './live-notices'
import { UnreadBadge } from './unread-badge'

/** The way to one's notices, with how many are new; by script the number stays true while the page is open. */
export function Bell({ locale, path, viewer }: { locale: string; path: string; viewer: Viewer }) {
  const { unread, at } = viewer
  const t = translator(locale, 'notices.bell')
  const state = { badge: badgeOf(unread), label: bellLabel(t, unread) }
  return (
    <>
      <a
        href="/notifications"
        aria-current={path === '/notifications' ? 'page' : undefined}
        data-bell
        className="relative flex size-11 items-center justify-center rounded-full text-soft hover:bg-accent-3 hover:text-text aria-[current]:text-accent-11"
      >
        <Icon name="bell" size={22} />
        <UnreadBadge {...state} />
      </a>
      <LiveNotices since={at} words={{ fresh: t('new'), dismiss: t('dismiss') }} />
    </>
  )
}
