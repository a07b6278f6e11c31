import type { ReactNode } from 'react'
import { CommandPalette } from '#components/palette/command-palette'
import { SHORTCUTS_ID } from '../palette/shortcuts'
import { Icon } from '#components/ui/icon'
import { SkipLink } from '#components/ui/skip-link'
import type { SchoolBrand } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'
import type { Viewer } from '#lib/identity/contract'
import { Bell } from '#components/notices/bell'
import { AccountMenu } from './account-menu'
import { BottomBar } from './bottom-bar'
import { accountEntry, accountLinks, barEntries, schoolNav } from './nav-entries'
import { SignInLink } from './sign-in-link'
import { SchoolHeader } from './school-header'
import { ShortcutsDialog } from './shortcuts-dialog'
import { ThemeForm, type ThemeAction, type ThemeChoice } from './theme-form'

type Props = {
  brand: SchoolBrand
  /** The path that the browser shows, without the query. */
  path: string
  theme: ThemeChoice
  themeAction: ThemeAction
  /** Who is signed in; null for a visitor. */
  viewer: Viewer | null
  /** Whether this is the demo, whose letters can be read. */
  demo: boolean
  children: ReactNode
}

function Footer({ brand, theme, themeAction }: Pick<Props, 'brand' | 'theme' | 'themeAction'>) {
  const t = translator(brand.locale, 'shell')
  return (
    <footer className="border-t border-line pb-(--bottom-bar)" data-chrome>
      <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-8 gap-y-3 px-4 py-6 sm:px-6">
        <p className="text-14 text-soft">
          <span className="font-reading font-medium text-text">{brand.name}</span> · {t('poweredBy')}
        </p>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <button
            type="button"
            popoverTarget={SHORTCUTS_ID}
            className="hidden min-h-11 items-center gap-2 text-14 text-soft hover:text-text sm:inline-flex"
          >
            <Icon name="keyboard" size={16} />
            {t('shortcuts')}
          </button>
          <ThemeForm locale={brand.locale} theme={theme} action={themeAction} />
        </div>
      </div>
    </footer>
  )
}

/** Everything around a page of a school's host: header, navigation, search, footer, and `<main>` itself. */
export function SchoolShell({ brand, path, theme, themeAction, viewer, demo, children }: Props) {
  const t = translator(brand.locale, 'shell')
  const p = translator(brand.locale, 'palette')
  const entries = schoolNav(brand.locale, path, viewer)
  const bar = barEntries(entries)
  const own = accountLinks(brand.locale, { demo, learns: true, full: bar.length < entries.length })
  const account = accountEntry(brand.locale, path, viewer)
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink href="#main">{t('skip')}</SkipLink>
      <SchoolHeader
        brand={brand}
        entries={entries}
        account={
          viewer === null ? (
            <SignInLink locale={brand.locale} path={path} />
          ) : (
            <AccountMenu locale={brand.locale} viewer={viewer} links={own} />
          )
        }
        bell={viewer === null ? null : <Bell locale={brand.locale} path={path} viewer={viewer} />}
      />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-page grow px-4 py-8 outline-none sm:px-6 sm:py-12"
      >
        {children}
      </main>
      <Footer brand={brand} theme={theme} themeAction={themeAction} />
      <BottomBar locale={brand.locale} entries={bar} account={account} />
      <ShortcutsDialog locale={brand.locale} />
      <CommandPalette
        pages={[
          ...entries,
          ...(viewer === null
            ? [account]
            : own
                .filter(({ href }) => entries.every((entry) => entry.href !== href))
                .map((link) => ({ ...link, id: link.href }))),
        ].map(({ id, label, href }) => ({ id, label, href }))}
        labels={{
          title: p('title'),
          placeholder: p('placeholder'),
          pages: p('pages'),
          courses: p('courses'),
          exams: p('exams'),
          lessons: p('lessons'),
          loading: p('loading'),
          nothing: p('nothing'),
          failed: p('failed'),
          close: p('close'),
          move: p('move'),
          open: p('open'),
          leave: p('leave'),
        }}
      />
    </div>
  )
}
