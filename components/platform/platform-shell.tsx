import type { ReactNode } from 'react'
import { TabsNav } from '#components/ui/tabs-nav'
import { translator } from '#lib/i18n/translate'

export type ConsolePlace = 'schools' | 'insight' | 'audit'

const PLACES = { schools: '/platform', insight: '/platform/insight', audit: '/platform/audit' } as const

/** The way through the console, above each of its pages. The account, and the way out, are in the frame's menu. */
export function PlatformShell({
  locale,
  current,
  children,
}: {
  locale: string
  current: ConsolePlace
  children: ReactNode
}) {
  const t = translator(locale, 'platform')
  const tab = (place: ConsolePlace) => ({
    href: PLACES[place],
    label: t(place),
    current: place === current,
  })
  return (
    <div className="flex flex-col gap-8">
      <TabsNav label={t('nav')} tabs={[tab('schools'), tab('insight'), tab('audit')]} />
      <div>{children}</div>
    </div>
  )
}
