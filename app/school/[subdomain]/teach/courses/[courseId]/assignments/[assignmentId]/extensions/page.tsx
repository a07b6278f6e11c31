import { giveExtension, removeExtension } from '#app/actions/assignment-extensions'
import { schoolRefusal } from '#app/refusals'
import { ExtensionsPage } from '#components/assignment-author/extensions-page'
import { authoredPath } from '#lib/assignments/contract/authoring'
import { extensionsSearch } from '#lib/assignments/contract/extensions'
import { loadExtensions } from '#lib/assignments/load-extensions'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { findEditable } from '#lib/db/queries/teach'
import { headOf } from '#lib/teach/views'
import { assignmentPagesOf, authorOf, managesPeople } from '../../../../../editing'

const ACTIONS = { give: giveExtension, remove: removeExtension }

const extensions = page({
  id: 'teach.extensions',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: authoredPath,
  search: extensionsSearch,
  load: async ({ db, school, params: { courseId, assignmentId }, search, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const { timeZone } = school
    return {
      may: assignmentPagesOf(actor),
      view: await loadExtensions(db, { course, assignmentId, timeZone, search }),
    }
  },
  metadata: ({ view }, { school }) => ({ title: `${view.title} · ${school.name}` }),
  render: ({ may, view }, { school, search }) => (
    <ExtensionsPage locale={school.locale} may={may} view={view} done={search.done} actions={ACTIONS} />
  ),
})

export default extensions.Page
export const generateMetadata = extensions.generateMetadata
