import type { IconName } from '#components/ui/icon'
import { translator } from '#lib/i18n/translate'

export type NavEntry = { id: string; label: string; href: string; icon: IconName; current: boolean }

/** The places of a school's host, with the one that `path` lies in marked. */
export function schoolNav(locale: string, path: string): NavEntry[] {
  const t = translator(locale, 'shell')
  const inCourses = /^\/(courses|learn)(\/|$)/.test(path)
  return [
    { id: 'home', label: t('home'), href: '/', icon: 'house', current: path === '/' },
    { id: 'courses', label: t('courses'), href: '/courses', icon: 'book-open', current: inCourses },
  ]
}
