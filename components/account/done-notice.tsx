import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import type { AccountPlace, Done } from '#lib/account/contract'
import { translator } from '#lib/i18n/translate'

/** What was just done, and what it means. Read out when the page opens. */
export function DoneNotice({ place, done }: { place: AccountPlace; done: Done | undefined }) {
  if (done === undefined) return null
  const t = translator(place.locale, 'account.done')
  const letters =
    done === 'address' && place.demo ? (
      <LinkButton href="/outbox" look="quiet" size="small">
        {t('outbox')}
      </LinkButton>
    ) : null
  return (
    <div role="status">
      <Notice tone={done === 'address' ? 'info' : 'good'} title={t(done)} action={letters}>
        {t(`${done}Body`)}
      </Notice>
    </div>
  )
}
