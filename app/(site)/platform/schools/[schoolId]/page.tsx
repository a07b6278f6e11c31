import { changePlan, changeStatus } from '#app/actions/platform'
import { siteRefusal } from '#app/refusals'
import { SiteFrame } from '#app/site-frame'
import { PlatformShell } from '#components/platform/platform-shell'
import { SchoolView } from '#components/platform/school-view'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { sitePage } from '#lib/auth/page'
import { readSchool } from '#lib/platform/read-school'
import { schoolParams, schoolSearch } from '#lib/schools/contract'
import { schoolUrl } from '#lib/schools/rules'
import { requestFrame } from '#lib/tenancy/frame'

const HISTORY_SIZE = 20

const school = sitePage({
  id: 'platform.school',
  access: can('platform:manage'),
  refused: siteRefusal,
  params: schoolParams,
  search: schoolSearch,
  load: async ({ params: { schoolId }, search: { cursor } }) => ({
    frame: await requestFrame(),
    found: await readSchool({ schoolId, cursor, limit: HISTORY_SIZE }),
  }),
  metadata: ({ found }) => ({ title: `${found.name} · SmartLMS`, robots: { index: false } }),
  render: ({ frame: { locale, siteUrl }, found }, { actor, search: { done } }) => (
    <SiteFrame>
      <PlatformShell locale={locale} current="schools">
        <SchoolView
          reader={{ locale, timeZone: person(actor).timeZone ?? 'UTC' }}
          school={found}
          url={schoolUrl(siteUrl, found.subdomain)}
          done={done ?? null}
          changePlan={changePlan}
          changeStatus={changeStatus}
        />
      </PlatformShell>
    </SiteFrame>
  ),
})

export default school.Page
export const generateMetadata = school.generateMetadata
