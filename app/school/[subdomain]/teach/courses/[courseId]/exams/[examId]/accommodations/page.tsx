import { giveAccommodation, removeAccommodation } from '#app/actions/exams'
import { schoolRefusal } from '#app/refusals'
import { AccommodationsPage } from '#components/exam-author/accommodations-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { accommodationsSearch, examPath } from '#lib/exams/contract/authoring'
import { loadAccommodations } from '#lib/exams/load-accommodations'
import { examOf } from '../../loading-exam'

const accommodations = page({
  id: 'teach.exam-accommodations',
  access: can('exam:edit'),
  refused: schoolRefusal,
  params: examPath,
  search: accommodationsSearch,
  load: async ({ db, school, params, search, actor }) => {
    const { exam, head } = await examOf(db, { ...params, actor, school })
    const { q, person } = search
    return { head, view: await loadAccommodations(db, { exam, q, person }) }
  },
  metadata: ({ head }, { school }) => ({ title: `${head.title} · ${school.name}` }),
  render: ({ head, view }, { school, search }) => (
    <AccommodationsPage
      locale={school.locale}
      exam={head}
      view={view}
      scope={search.scope}
      done={search.done}
      actions={{ give: giveAccommodation, remove: removeAccommodation }}
    />
  ),
})

export default accommodations.Page
export const generateMetadata = accommodations.generateMetadata
