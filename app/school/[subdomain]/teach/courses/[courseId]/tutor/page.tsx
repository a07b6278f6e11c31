import { saveTutor } from '#app/actions/tutor'
import { schoolRefusal } from '#app/refusals'
import { TeachTutorPage } from '#components/tutor/teach-tutor-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { findEditable } from '#lib/db/queries/teach'
import { translator } from '#lib/i18n/translate'
import { headOf } from '#lib/teach/views'
import { askedSearch, coursePath } from '#lib/tutor/contract'
import { loadAsked } from '#lib/tutor/load-asked'
import { usesModel } from '#lib/tutor/model'
import { authorOf, managesPeople } from '../../../editing'

const tutor = page({
  id: 'teach.tutor',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: coursePath,
  search: askedSearch,
  load: async ({ db, params: { courseId }, search, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    return { course, view: await loadAsked(db, { courseId, days: Number(search.days) }) }
  },
  metadata: ({ course }, { school }) => ({
    title: `${translator(school.locale, 'tutor.teach')('title')} · ${course.title} · ${school.name}`,
  }),
  render: ({ course, view }, { school, search }) => (
    <TeachTutorPage
      locale={school.locale}
      course={course}
      view={view}
      days={search.days}
      hasModel={usesModel()}
      schoolOn={school.tutor}
      done={search.done === 'saved'}
      save={saveTutor}
    />
  ),
})

export default tutor.Page
export const generateMetadata = tutor.generateMetadata
