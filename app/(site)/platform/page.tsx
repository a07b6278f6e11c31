import { z } from 'zod'
import { siteRefusal } from '#app/refusals'
import { SiteFrame } from '#app/site-frame'
import { PlatformShell } from '#components/platform/platform-shell'
import { SchoolsView } from '#components/platform/schools-view'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { sitePage } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { readSchools } from '#lib/platform/list-schools'
import { schoolsSearch } from '#lib/schools/contract'
import { requestFrame } from '#lib/tenancy/frame'

const PAGE_SIZE = 25

const schools = sitePage({
  id: 'platform.schools',
  access: can('platform:manage'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: schoolsSearch,
  load: async ({ search }) => ({ frame: await requestFrame(), page: await readSchools(search, PAGE_SIZE) }),
  metadata: ({ frame }) => ({
    title: `${translator(frame.locale, 'platformSchools')('title')} · SmartLMS`,
    robots: { index: false },
  }),
  render: ({ frame: { locale }, page }, { actor, search }) => (
    <SiteFrame>
      <PlatformShell locale={locale} current="schools">
        <SchoolsView
          reader={{ locale, timeZone: person(actor).timeZone ?? 'UTC' }}
          page={page}
          search={search}
        />
      </PlatformShell>
    </SiteFrame>
  ),
})

export default schools.Page
export const generateMetadata = schools.generateMetadata
