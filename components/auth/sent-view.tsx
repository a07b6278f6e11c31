import { LinkButton } from '#components/ui/link-button'
import type { Door } from '#lib/identity/contract'
import { translator } from '#lib/i18n/translate'
import { AuthFrame } from './auth-frame'
import { TextLink } from './text-link'

/** The same words for every address, and what to do when nothing comes. */
export function SentView({
  door,
  body,
  again,
  demo,
}: {
  door: Door
  body: string
  /** The page to ask again on. */
  again: string
  /** The demo's letters can be read here. */
  demo: boolean
}) {
  const t = translator(door.locale, 'auth.sent')
  return (
    <AuthFrame door={door} title={t('title')} intro={body}>
      <div className="max-w-note text-14">
        <h2 className="font-semibold">{t('nothing')}</h2>
        <ul className="mt-2 list-disc space-y-2 ps-5 text-soft">
          <li>{t('spam')}</li>
          <li>{t('spelling', { name: door.name })}</li>
          <li>{t('often')}</li>
        </ul>
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        {demo ? (
          <LinkButton href="/outbox" look="quiet">
            {t('outbox')}
          </LinkButton>
        ) : null}
        <TextLink href={again}>{t('again')}</TextLink>
        <TextLink href="/sign-in">{translator(door.locale, 'auth.form')('backToSignIn')}</TextLink>
      </div>
    </AuthFrame>
  )
}
