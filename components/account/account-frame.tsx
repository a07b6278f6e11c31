import type { ReactNode } from 'react'
import { PageHeader } from '#components/ui/page-header'
import { TabsNav } from '#components/ui/tabs-nav'
import { translator } from '#lib/i18n/translate'

const TABS = [
  { id: 'profile', href: '/account' },
  { id: 'security', href: '/account/security' },
  { id: 'notices', href: '/account/notifications' },
] as const

/**
 * The head of an account's pages. `notices` stand above all sections, in a place of their own. On the root host nobody is
 * told anything.
 */
export function AccountFrame({
  locale,
  current,
  title,
  intro,
  notices,
  isSchool,
  children,
}: {
  locale: string
  isSchool: boolean
  current: (typeof TABS)[number]['id']
  title: string
  intro: string
  notices: ReactNode
  children: ReactNode
}) {
  const t = translator(locale, 'account')
  const tabs = TABS.filter(({ id }) => isSchool || id !== 'notices').map(({ id, href }) => ({
    href,
    label: t(`${id}Tab`),
    current: id === current,
  }))
  return (
    <>
      <PageHeader title={title} intro={intro} />
      <TabsNav label={t('nav')} tabs={tabs} />
      <div className="mt-6 flex flex-col gap-4 empty:hidden">{notices}</div>
      {children}
    </>
  )
}
