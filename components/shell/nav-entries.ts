import type { IconName } from '#components/ui/icon'
import type { Viewer } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'

export type NavEntry = { id: string; label: string; href: string; icon: IconName; current: boolean }

/** The places of a school's host that this visitor or person has, with the one that `path` lies in marked. */
export function schoolNav(locale: string, path: string, viewer: Viewer | null): NavEntry[] {
  const t = translator(locale, 'shell')
  const within = (...roots: readonly string[]) =>
    roots.some((root) => path === root || path.startsWith(`${root}/`))
  const home: NavEntry =
    viewer === null
      ? { id: 'home', label: t('home'), href: '/', icon: 'house', current: path === '/' }
      : {
          id: 'dashboard',
          label: t('dashboard'),
          href: '/dashboard',
          icon: 'house',
          current: within('/dashboard'),
        }
  const courses: NavEntry = {
    ...{ id: 'courses', label: t('courses'), href: '/courses', icon: 'book-open' },
    current: within('/courses', '/learn'),
  }
  const calendar: NavEntry = {
    ...{ id: 'calendar', label: t('calendar'), href: '/calendar', icon: 'calendar' },
    current: within('/calendar', '/classes'),
  }
  const admin: NavEntry = {
    ...{ id: 'admin', label: t('admin'), icon: 'users' },
    href: viewer?.permissions.includes('school:settings') === true ? '/admin' : '/admin/people',
    current: within('/admin'),
  }
  const teach: NavEntry = {
    ...{ id: 'teach', label: translator(locale, 'teach')('nav'), href: '/teach', icon: 'pencil' },
    current: within('/teach'),
  }
  return [
    ...[home, courses],
    ...(viewer === null ? [] : [calendar]),
    ...(viewer?.permissions.includes('course:edit') === true ? [teach] : []),
    ...(viewer?.administers === true ? [admin] : []),
  ]
}

/** Places that a phone's bar holds at 360 px, beside searching and one's own. */
const BAR_MOST = 3

/** What of them stands in the phone's bar: where it is full, the calendar stands behind one's name instead. */
export function barEntries(entries: readonly NavEntry[]): NavEntry[] {
  return entries.length <= BAR_MOST ? [...entries] : entries.filter(({ id }) => id !== 'calendar')
}

/**
 * What stands behind a person's name. `learns`: on a school's host, where there is something to learn. `full`: the
 * phone's bar has no place for the calendar.
 */
export function accountLinks(
  locale: string,
  { demo, learns, full }: Readonly<{ demo: boolean; learns: boolean; full: boolean }>,
): { href: string; label: string }[] {
  const t = translator(locale, 'shell')
  return [
    { href: '/account', label: t('account') },
    ...(full ? [{ href: '/calendar', label: t('calendar') }] : []),
    ...(learns
      ? [
          { href: '/profile', label: translator(locale, 'profile')('own') },
          { href: '/progress', label: translator(locale, 'insight.own')('title') },
          { href: '/certificates', label: translator(locale, 'awards')('title') },
        ]
      : []),
    { href: '/account/security', label: t('security') },
    ...(demo ? [{ href: '/outbox', label: t('outbox') }] : []),
  ]
}

/** The last place of the phone's bar: one's own, or the way in. */
export function accountEntry(locale: string, path: string, viewer: Viewer | null): NavEntry {
  const t = translator(locale, 'shell')
  return viewer === null
    ? { id: 'sign-in', label: t('signIn'), href: '/sign-in', icon: 'log-in', current: path === '/sign-in' }
    : {
        id: 'account',
        label: t('account'),
        href: '/account',
        icon: 'user',
        current: path.startsWith('/account') || path.startsWith('/profile'),
      }
}
