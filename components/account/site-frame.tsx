import type { ReactNode } from 'react'
import { translator } from '#lib/i18n/translate'
import type { Viewer } from '#lib/identity/contract'
import { AccountMenu } from '../shell/account-menu'
import { accountLinks } from '../shell/nav-entries'
import { SiteShell } from '../shell/site-shell'
import type { ThemeAction, ThemeChoice } from '../shell/theme-form'

/** The root host's frame around a page of somebody who is signed in, or of a visitor (null). */
export function SiteFrame({
  frame: { locale, siteUrl, theme, demo },
  themeAction,
  viewer,
  children,
}: {
  frame: Readonly<{ locale: string; siteUrl: string; theme: ThemeChoice; demo: boolean }>
  themeAction: ThemeAction
  viewer: Viewer | null
  children: ReactNode
}) {
  const schools = { href: '/platform', label: translator(locale, 'shell')('platform') }
  return (
    <SiteShell
      locale={locale}
      homeUrl={siteUrl}
      theme={{ choice: theme, action: themeAction }}
      account={
        viewer === null ? null : (
          <AccountMenu
            locale={locale}
            viewer={viewer}
            links={[schools, ...accountLinks(locale, { demo, learns: false, full: false })]}
          />
        )
      }
    >
      {children}
    </SiteShell>
  )
}
