import { z } from 'zod'
import { siteRefusal } from '#app/refusals'
import { SiteFrame } from '#app/site-frame'
import { AuditView } from '#components/platform/audit-view'
import { PlatformShell } from '#components/platform/platform-shell'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { sitePage } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { readLog } from '#lib/platform/read-log'
import { logSearch } from '#lib/schools/contract'
import { requestFrame } from '#lib/tenancy/frame'

const PAGE_SIZE = 50

const audit = sitePage({
  id: 'platform.audit',
  access: can('platform:manage'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: logSearch,
  load: async ({ search: { q, cursor } }) => ({
    frame: await requestFrame(),
    page: await readLog({ q, schoolId: null, cursor, limit: PAGE_SIZE }),
  }),
  metadata: ({ frame }) => ({
    title: `${translator(frame.locale, 'platformLog')('title')} · SmartLMS`,
    robots: { index: false },
  }),
  render: ({ frame: { locale }, page }, { actor, search: { q } }) => (
    <SiteFrame>
      <PlatformShell locale={locale} current="audit">
        <AuditView reader={{ locale, timeZone: person(actor).timeZone ?? 'UTC' }} page={page} q={q} />
      </PlatformShell>
    </SiteFrame>
  ),
})

export default audit.Page
export const generateMetadata = audit.generateMetadata
