import { schoolRefusal } from '#app/refusals'
import { OwnInsightPage } from '#components/insight/own-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { noParams } from '#lib/insight/contract'
import { loadOwnInsight } from '#lib/insight/load-own'

const progress = page({
  id: 'school.progress',
  access: anyPerson('Everybody sees how far they are themselves, and nobody else.'),
  refused: schoolRefusal,
  params: noParams,
  search: noParams,
  load: ({ db, actor }) => loadOwnInsight(db, { userId: person(actor).userId }),
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'insight.own')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: (view, { school, actor }) => (
    <OwnInsightPage
      locale={school.locale}
      timeZone={person(actor).timeZone ?? school.timeZone}
      schoolZone={school.timeZone}
      view={view}
    />
  ),
})

export default progress.Page
export const generateMetadata = progress.generateMetadata
