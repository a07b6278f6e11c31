import type { Viewer } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'
import { AccountMenu } from './account-menu'
import { accountLinks } from './nav-entries'
import { SignInLink } from './sign-in-link'

/** The account on the root host: of the people who run the platform. Schools' people have theirs on their own host. */
export function SiteAccount({
  locale,
  viewer,
  demo,
  path,
}: {
  locale: string
  viewer: Viewer | null
  demo: boolean
  path: string
}) {
  const t = translator(locale, 'shell')
  if (viewer === null) return <SignInLink locale={locale} path={path} />
  const console = viewer.permissions.includes('platform:manage')
    ? [
        { href: '/platform', label: t('platform') },
        { href: '/platform/audit', label: t('auditLog') },
      ]
    : []
  return (
    <AccountMenu
      locale={locale}
      viewer={viewer}
      links={[...console, ...accountLinks(locale, { demo, learns: false, full: false })]}
    />
  )
}
