import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { AwardsPage } from '#components/awards/awards-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { certificatesSearch } from '#lib/awards/contract'
import { loadAwards } from '#lib/awards/load-awards'
import { translator } from '#lib/i18n/translate'

const awards = page({
  id: 'school.certificates',
  access: anyPerson('What somebody earned is their own.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: certificatesSearch,
  load: async ({ db, actor, school, search }) => {
    const { userId, timeZone } = person(actor)
    const { cursor } = search
    const now = new Date()
    return { now, view: await loadAwards(db, { userId, timeZone: timeZone ?? school.timeZone, cursor, now }) }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'awards')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ view, now }, { school }) => <AwardsPage locale={school.locale} view={view} now={now} />,
})

export default awards.Page
export const generateMetadata = awards.generateMetadata
