import { z } from 'zod'
import { addSchoolBreak, endSchoolBreak } from '#app/actions/motivation'
import { schoolRefusal } from '#app/refusals'
import { BreaksPage } from '#components/admin/breaks-page'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { learningDay } from '#lib/awards/rules/streak'
import { breaksSearch } from '#lib/breaks/contract'
import { BREAKS, stateOf } from '#lib/breaks/rules'
import { listBreaks } from '#lib/db/queries/breaks'
import { translator } from '#lib/i18n/translate'

const breaks = page({
  id: 'admin.breaks',
  access: can('school:settings'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: breaksSearch,
  load: async ({ db, school }) => {
    const today = learningDay(new Date(), school.timeZone)
    return (await listBreaks(db, BREAKS.most)).map((one) => ({ ...one, state: stateOf(one, today) }))
  },
  metadata: (_breaks, { school }) => ({
    title: `${translator(school.locale, 'breaks')('title')} · ${school.name}`,
  }),
  render: (list, { school, actor, search }) => (
    <BreaksPage
      locale={school.locale}
      permissions={person(actor).permissions}
      schoolName={school.name}
      breaks={list}
      done={search.done}
      actions={{ add: addSchoolBreak, end: endSchoolBreak }}
    />
  ),
})

export default breaks.Page
export const generateMetadata = breaks.generateMetadata
