import { answerAboutGrade, changeGrade } from '#app/actions/grades'
import { schoolRefusal } from '#app/refusals'
import { CellPage } from '#components/grades/cell-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { findEditable } from '#lib/db/queries/teach'
import { cellPath, cellSearch } from '#lib/grades/contract'
import { loadCell } from '#lib/grades/load-grades'
import { translator } from '#lib/i18n/translate'
import { headOf } from '#lib/teach/views'
import { authorOf, managesPeople } from '../../../../../editing'

const cell = page({
  id: 'teach.grade',
  access: can('grade:write'),
  refused: schoolRefusal,
  params: cellPath,
  search: cellSearch,
  load: async ({ db, school, params: { courseId, userId, item }, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    return loadCell(db, { course, userId, item, timeZone: school.timeZone })
  },
  metadata: ({ person, item }, { school }) => ({
    title: `${person.name} · ${item?.title ?? translator(school.locale, 'grades.grade')('of')} · ${school.name}`,
  }),
  render: (view, { school, search }) => (
    <CellPage
      locale={school.locale}
      view={view}
      done={search.done}
      actions={{ change: changeGrade, answer: answerAboutGrade }}
    />
  ),
})

export default cell.Page
export const generateMetadata = cell.generateMetadata
