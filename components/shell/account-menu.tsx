import { Avatar } from '#components/ui/avatar'
import type { Viewer } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'

const MENU_ID = 'account-menu'

/** The links of the account menu and the way out: a plain form, so that leaving never depends on a script. */
function Items({ locale, links }: { locale: string; links: readonly { href: string; label: string }[] }) {
  const t = translator(locale, 'shell')
  return (
    <ul className="account-items mt-2 border-t border-line pt-2">
      {links.map((link) => (
        <li key={link.href}>
          <a href={link.href}>{link.label}</a>
        </li>
      ))}
      <li>
        <form method="post" action="/api/auth/sign-out">
          <button type="submit">{t('signOut')}</button>
        </form>
      </li>
    </ul>
  )
}

/** Who is signed in, and what is theirs. A popover: it opens by keyboard and without a script. */
export function AccountMenu({
  locale,
  viewer,
  links,
}: {
  locale: string
  viewer: Viewer
  links: readonly { href: string; label: string }[]
}) {
  const t = translator(locale, 'shell')
  return (
    <div className="shrink-0">
      <button type="button" popoverTarget={MENU_ID} className="flex min-h-11 items-center rounded-full">
        <Avatar name={viewer.name} src={viewer.avatarUrl} size="sm" />
        <span className="sr-only">{t('accountOf', { name: viewer.name })}</span>
      </button>
      <div
        id={MENU_ID}
        popover="auto"
        className="arrive fixed inset-[auto] inset-bs-14 inset-e-4 m-0 w-64 rounded-md border border-line bg-surface p-2 shadow-float"
      >
        <div className="px-3 py-1">
          <p className="truncate text-14 font-semibold">{viewer.name}</p>
          <p className="truncate text-12 text-soft">{viewer.email}</p>
        </div>
        <Items locale={locale} links={links} />
      </div>
    </div>
  )
}
