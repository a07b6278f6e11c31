import { SiteShell } from '#components/shell/site-shell'
import { translator } from '#lib/i18n/translate'
import { Message } from './message'

/** A school whose pages are closed for now: says so, that nothing is lost, and whom to ask. */
export function SuspendedSchool({
  locale,
  siteUrl,
  school,
}: {
  locale: string
  siteUrl: string
  school: string
}) {
  const t = translator(locale, 'errors')
  return (
    <SiteShell locale={locale} homeUrl={siteUrl} theme={null}>
      <Message seed="suspended" status={t('status', { code: '403' })} title={t('suspendedTitle', { school })}>
        <p className="mt-4 text-18 text-soft">{t('suspendedBody')}</p>
        <p className="mt-4">{t('suspendedAsk')}</p>
      </Message>
    </SiteShell>
  )
}
