import { translator } from '#lib/i18n/translate'

/** The way in, back to the page it stands on. On pages of signing in itself there is nothing to come back to. */
export function SignInLink({ locale, path }: { locale: string; path: string }) {
  const t = translator(locale, 'shell')
  const back = /^\/(courses|learn)(\/|$)/.test(path) ? `?next=${encodeURIComponent(path)}` : ''
  return (
    <a
      href={`/sign-in${back}`}
      className="inline-flex min-h-11 items-center whitespace-nowrap rounded-sm px-3 text-14 font-semibold text-accent-11 hover:bg-accent-3 sm:min-h-9"
    >
      {t('signIn')}
    </a>
  )
}
