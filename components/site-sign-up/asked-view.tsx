import { AuthFrame } from '#components/auth/auth-frame'
import { TextLink } from '#components/auth/text-link'
import { LinkButton } from '#components/ui/link-button'
import { platformDoor } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'
import { SCHOOL_REQUEST_HOURS } from '#lib/schools/contract'

/** After a school was asked for: the same words for everybody, and what to do when nothing comes. */
export function AskedView({ locale, demo }: { locale: string; demo: boolean }) {
  const t = translator(locale, 'siteSignUp')
  return (
    <AuthFrame
      door={platformDoor(locale)}
      title={t('sentTitle')}
      intro={t('sentBody', { hours: SCHOOL_REQUEST_HOURS })}
    >
      <p className="max-w-note text-14 text-soft">{t('sentNothing')}</p>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        {demo ? (
          <LinkButton href="/outbox" look="quiet">
            {t('demoLetters')}
          </LinkButton>
        ) : null}
        <TextLink href="/sign-up">{t('again')}</TextLink>
      </div>
    </AuthFrame>
  )
}
