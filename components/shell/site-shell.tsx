import type { ReactNode } from 'react'
import { SkipLink } from '#components/ui/skip-link'
import { translator } from '#lib/i18n/translate'
import { SchoolMark } from './school-mark'
import { ThemeForm, type ThemeAction, type ThemeChoice } from './theme-form'

/** Everything around a page of the root host. Without `theme`, for pages that no action can reach, it has no switch. */
export function SiteShell({
  locale,
  homeUrl,
  theme,
  account = null,
  children,
}: {
  locale: string
  /** Where the name leads: `/` on the root host, its full address on any other. */
  homeUrl: string
  theme: { choice: ThemeChoice; action: ThemeAction } | null
  /** The account's menu, or the way to sign in. */
  account?: ReactNode
  children: ReactNode
}) {
  const t = translator(locale, 'shell')
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink href="#main">{t('skip')}</SkipLink>
      <header data-chrome>
        <div className="mx-auto flex min-h-16 max-w-page items-center px-4 sm:px-6">
          <a href={homeUrl} className="flex min-h-11 items-center gap-3 font-reading text-18 font-semibold">
            <SchoolMark name={t('siteName')} logoUrl={null} />
            {t('siteName')}
          </a>
          <div className="ms-auto">{account}</div>
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-page grow px-4 py-8 outline-none sm:px-6 sm:py-12"
      >
        {children}
      </main>
      {theme === null ? null : (
        <footer className="border-t border-line" data-chrome>
          <div className="mx-auto flex max-w-page px-4 py-6 sm:px-6">
            <ThemeForm locale={locale} theme={theme.choice} action={theme.action} />
          </div>
        </footer>
      )}
    </div>
  )
}
