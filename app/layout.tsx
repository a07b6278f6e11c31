import type { ReactNode } from 'react'
import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import { direction, shippedLocale } from '#lib/i18n/locales'
import { requestFrame } from '#lib/tenancy/frame'
import { fontVariables } from './fonts'
import './globals.css'

export const metadata: Metadata = { title: 'SmartLMS', icons: { icon: '/icon.svg' } }

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** Pages are whole documents; links near the pointer are fetched ahead, so that following one feels immediate. */
const SPECULATION = JSON.stringify({
  prefetch: [
    {
      where: {
        and: [
          { href_matches: '/*' },
          { not: { href_matches: '/api/*' } },
          { not: { href_matches: '/media/*' } },
          { not: { href_matches: '/files/*' } },
          { not: { href_matches: '/feeds/*' } },
          // Looking at a person's page is written into the log; a pointer that passes over a link has not looked.
          { not: { href_matches: '/admin/*' } },
          { not: { href_matches: '/platform/*' } },
        ],
      },
      eagerness: 'moderate',
    },
    // Whoever reads a lesson goes on to the next one: it waits ready. That it was opened is told once it is seen.
    { where: { selector_matches: 'main a[rel=next][href^="/learn/"]' }, eagerness: 'eager' },
  ],
})

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is rendered per request: a page made at build time would carry no nonce on its scripts.
  await connection()
  const { locale, nonce, theme } = await requestFrame()
  return (
    <html
      lang={shippedLocale(locale)}
      dir={direction(locale)}
      className={fontVariables}
      data-theme={theme === 'system' ? undefined : theme}
    >
      <body>
        {children}
        {/* eslint-disable-next-line no-restricted-syntax -- a constant of this file; as a text child its quotes would be escaped */}
        <script type="speculationrules" nonce={nonce} dangerouslySetInnerHTML={{ __html: SPECULATION }} />
      </body>
    </html>
  )
}
