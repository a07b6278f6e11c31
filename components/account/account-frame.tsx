import type { ReactNode } from 'react'
import { PageHeader } from '#components/ui/page-header'
import { TabsNav } from '#components/ui/tabs-nav'
import { translator } from '#lib/i18n/translate'

const TABS = [
  { id: 'profile', href: '/account' },
  { id: 'security', href: '/account/security' },
] as const

/** The head of an account's two pages. `notices` stand above all sections, in a place of their own. */
export function AccountFrame({
  locale,
  current,
  title,
  intro,
  notices,
  children,
}: {
  locale: string
  current: (typeof TABS)[number]['id']
  title: string
  intro: string
  notices: ReactNode
  children: ReactNode
}) {
  const t = translator(locale, 'account')
  const tabs = TABS.map(({ id, href }) => ({ href, label: t(`${id}Tab`), current: id === current }))
  return (
    <>
      <PageHeader title={title} intro={intro} />
      <TabsNav label={t('nav')} tabs={tabs} />
      <div className="mt-6 flex flex-col gap-4 empty:hidden">{notices}</div>
      {children}
    </>
  )
}
