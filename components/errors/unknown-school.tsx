import { SiteShell } from '#components/shell/site-shell'
import { LinkButton } from '#components/ui/link-button'
import { translator } from '#lib/i18n/translate'
import { Message } from './message'

/** A host that belongs to no school. `siteUrl` is the root host's address; the asked name is not repeated. */
export function UnknownSchool({ locale, siteUrl }: { locale: string; siteUrl: string }) {
  const t = translator(locale, 'errors')
  return (
    <SiteShell locale={locale} homeUrl={siteUrl} theme={null}>
      <Message seed="unknown-school" status={t('status', { code: '404' })} title={t('unknownTitle')}>
        <p className="mt-4 text-18 text-soft">{t('unknownBody')}</p>
        <div className="mt-6">
          <LinkButton href={siteUrl}>{t('toSite')}</LinkButton>
        </div>
      </Message>
    </SiteShell>
  )
}
