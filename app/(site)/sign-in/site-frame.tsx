import type { ReactNode } from 'react'
import { setTheme } from '#app/actions/preferences'
import { SiteShell } from '#components/shell/site-shell'
import type { Frame } from '#lib/tenancy/frame'

/** The frame around the root host’s pages of signing in. */
export function siteFrame({ locale, siteUrl, theme }: Frame, children: ReactNode): ReactNode {
  return (
    <SiteShell locale={locale} homeUrl={siteUrl} theme={{ choice: theme, action: setTheme }}>
      {children}
    </SiteShell>
  )
}
