import { siteRefusal } from '#app/refusals'
import { SiteFrame } from '#app/site-frame'
import { HealthPage } from '#components/insight/health-page'
import { PlatformShell } from '#components/platform/platform-shell'
import { can } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { healthSearch, noParams } from '#lib/insight/contract'
import { readHealth } from '#lib/platform/read-health'
import { requestFrame } from '#lib/tenancy/frame'

const PAGE_SIZE = 25

const insight = sitePage({
  id: 'platform.insight',
  access: can('platform:manage'),
  refused: siteRefusal,
  params: noParams,
  search: healthSearch,
  load: async ({ search }) => ({
    frame: await requestFrame(),
    page: await readHealth(search.cursor, PAGE_SIZE),
  }),
  metadata: ({ frame }) => ({
    title: `${translator(frame.locale, 'insight.platform')('title')} · SmartLMS`,
    robots: { index: false },
  }),
  render: ({ frame: { locale }, page }) => (
    <SiteFrame>
      <PlatformShell locale={locale} current="insight">
        <HealthPage locale={locale} {...page} />
      </PlatformShell>
    </SiteFrame>
  ),
})

export default insight.Page
export const generateMetadata = insight.generateMetadata
