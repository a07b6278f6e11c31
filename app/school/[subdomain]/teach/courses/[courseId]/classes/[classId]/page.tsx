import * as actions from '#app/actions/classes'
import { schoolRefusal } from '#app/refusals'
import { TaughtClassPage } from '#components/classes/taught-class-page'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { taughtClassPath, taughtClassSearch } from '#lib/classes/contract'
import { loadTaughtClass } from '#lib/classes/load-classes'
import { findEditable } from '#lib/db/queries/teach'
import { headOf } from '#lib/teach/views'
import { authorOf, managesPeople } from '../../../../editing'

const ACTIONS = {
  change: actions.changeClass,
  cancel: actions.cancelClass,
  restore: actions.restoreClass,
  record: actions.linkRecording,
}

const edit = page({
  id: 'teach.class',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: taughtClassPath,
  search: taughtClassSearch,
  load: async ({ db, school, params: { courseId, classId }, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const view = await loadTaughtClass(db, { course, classId, timeZone: school.timeZone })
    return { view, ownZone: person(actor).timeZone ?? school.timeZone }
  },
  metadata: ({ view }, { school }) => ({ title: `${view.title} · ${school.name}` }),
  render: ({ view, ownZone }, { school, search }) => (
    <TaughtClassPage
      locale={school.locale}
      view={view}
      ownZone={ownZone}
      done={search.done}
      actions={ACTIONS}
    />
  ),
})

export default edit.Page
export const generateMetadata = edit.generateMetadata
