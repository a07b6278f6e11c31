import { restoreClass } from '#app/actions/classes'
import { schoolRefusal } from '#app/refusals'
import { ClassesPage } from '#components/classes/classes-page'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { classesPath, classesSearch } from '#lib/classes/contract'
import { loadClasses } from '#lib/classes/load-classes'
import { findEditable } from '#lib/db/queries/teach'
import { headOf } from '#lib/teach/views'
import { authorOf, managesPeople } from '../../../editing'

const list = page({
  id: 'teach.classes',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: classesPath,
  search: classesSearch,
  load: async ({ db, school, params: { courseId }, search, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const view = await loadClasses(db, { course, search, timeZone: school.timeZone })
    return { view, ownZone: person(actor).timeZone ?? school.timeZone }
  },
  metadata: ({ view }, { school }) => ({ title: `${view.course.title} · ${school.name}` }),
  render: ({ view, ownZone }, { school, search }) => (
    <ClassesPage
      locale={school.locale}
      view={view}
      ownZone={ownZone}
      search={search}
      restore={restoreClass}
    />
  ),
})

export default list.Page
export const generateMetadata = list.generateMetadata
