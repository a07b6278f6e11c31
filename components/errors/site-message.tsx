import { SiteShell } from '#components/shell/site-shell'
import { SubmitButton } from '#components/ui/button'
import { LinkButton } from '#components/ui/link-button'
import { translator } from '#lib/i18n/translate'
import { Message } from './message'

const CODES = { missing: '404', unavailable: '503' } as const

/** What the root host says of an address without a page, and any host while the database can't be reached. */
export function SiteMessage({
  locale,
  siteUrl,
  kind,
}: {
  locale: string
  siteUrl: string
  kind: keyof typeof CODES
}) {
  const t = translator(locale, 'errors')
  const status = t('status', { code: CODES[kind] })
  const shell = (title: string, body: string) => (
    <SiteShell locale={locale} homeUrl={siteUrl} theme={null}>
      <Message seed={kind} status={status} title={title}>
        <p className="mt-4 text-18 text-soft">{body}</p>
        <div className="mt-6">
          {kind === 'missing' ? (
            <LinkButton href={siteUrl}>{t('toSite')}</LinkButton>
          ) : (
            <form method="get">
              <SubmitButton>{t('retry')}</SubmitButton>
            </form>
          )}
        </div>
      </Message>
    </SiteShell>
  )
  return kind === 'missing'
    ? shell(t('missingTitle'), t('missingBody'))
    : shell(t('unavailableTitle'), t('unavailableBody'))
}
