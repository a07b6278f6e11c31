import type { ReactNode } from 'react'
import { setTheme } from '#app/actions/preferences'
import { SiteAccount } from '#components/shell/site-account'
import { SiteShell } from '#components/shell/site-shell'
import { currentViewer } from '#lib/auth/viewer'
import { requestFrame } from '#lib/tenancy/frame'

/** The frame of the root host's pages: the platform's name, who is signed in, and the choice of appearance. */
export async function SiteFrame({ children }: { children: ReactNode }) {
  const [frame, viewer] = await Promise.all([requestFrame(), currentViewer()])
  const { locale, siteUrl, theme, demo, path } = frame
  return (
    <SiteShell
      locale={locale}
      homeUrl={siteUrl}
      theme={{ choice: theme, action: setTheme }}
      account={<SiteAccount locale={locale} viewer={viewer} demo={demo} path={path} />}
    >
      {children}
    </SiteShell>
  )
}
