import { SubmitButton } from '#components/ui/button'
import { translator } from '#lib/i18n/translate'
import { Message } from './message'

/** The database can’t be reached, said inside whatever frame the page has. */
export function Unavailable({ locale }: { locale: string }) {
  const t = translator(locale, 'errors')
  return (
    <Message seed="unavailable" status={t('status', { code: '503' })} title={t('unavailableTitle')}>
      <p className="mt-4 text-18 text-soft">{t('unavailableBody')}</p>
      <form method="get" className="mt-6">
        <SubmitButton>{t('retry')}</SubmitButton>
      </form>
    </Message>
  )
}
