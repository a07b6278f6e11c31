import { askAboutGrade } from '#app/actions/grades'
import { schoolRefusal } from '#app/refusals'
import { OwnGradesPage } from '#components/grades/own-grades-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { gradesPath, ownSearch } from '#lib/grades/contract'
import { loadOwnGrades } from '#lib/grades/load-grades'
import { translator } from '#lib/i18n/translate'

const ownGrades = page({
  id: 'school.grades',
  access: anyPerson('Everybody may see their own grades, in courses that they are enrolled in.'),
  refused: schoolRefusal,
  params: gradesPath,
  search: ownSearch,
  load: async ({ db, school, params, actor }) => {
    const { userId } = person(actor)
    const { courseId } = params
    const own = await loadOwnGrades(db, { courseId, userId, timeZone: school.timeZone })
    return { courseId, ...own, requestKey: crypto.randomUUID() }
  },
  metadata: ({ courseTitle }, { school }) => ({
    title: `${translator(school.locale, 'grades.own')('titleOf', { course: courseTitle })} · ${school.name}`,
  }),
  render: (own, { school, search }) => (
    <OwnGradesPage locale={school.locale} own={own} done={search.done === 'asked'} ask={askAboutGrade} />
  ),
})

export default ownGrades.Page
export const generateMetadata = ownGrades.generateMetadata
