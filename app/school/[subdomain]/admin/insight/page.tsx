import { schoolRefusal } from '#app/refusals'
import { SchoolInsightPage } from '#components/insight/school-page'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { noParams } from '#lib/insight/contract'
import { loadSchoolInsight } from '#lib/insight/load-school'

const insight = page({
  id: 'admin.insight',
  access: can('analytics:read-any'),
  refused: schoolRefusal,
  params: noParams,
  search: noParams,
  load: ({ db }) => loadSchoolInsight(db),
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'insight.school')('title')} · ${school.name}`,
  }),
  render: (view, { school, actor }) => (
    <SchoolInsightPage
      locale={school.locale}
      timeZone={school.timeZone}
      permissions={person(actor).permissions}
      view={view}
    />
  ),
})

export default insight.Page
export const generateMetadata = insight.generateMetadata
