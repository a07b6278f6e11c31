import * as actions from '#app/actions/assignment-authoring'
import { schoolRefusal } from '#app/refusals'
import { EditPage } from '#components/assignment-author/edit-page'
import { authoredOf } from '#lib/assignments/author-views'
import { authoredPath, editSearch } from '#lib/assignments/contract/authoring'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { getAuthoredAssignment } from '#lib/db/queries/assignment-authoring'
import { findEditable } from '#lib/db/queries/teach'
import { headOf } from '#lib/teach/views'
import { assignmentPagesOf, authorOf, managesPeople } from '../../../../editing'

const ACTIONS = {
  change: actions.changeAssignment,
  rubric: actions.changeRubric,
  publish: actions.publishAssignment,
  unpublish: actions.unpublishAssignment,
  remove: actions.removeAssignment,
}

const edit = page({
  id: 'teach.assignment',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: authoredPath,
  search: editSearch,
  load: async ({ db, school, params, actor }) => {
    const by = authorOf(actor)
    const { courseId } = params
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const { timeZone } = school
    const assignment = authoredOf(course, await getAuthoredAssignment(db, { ...params, timeZone }))
    return { assignment, may: assignmentPagesOf(actor) }
  },
  metadata: ({ assignment }, { school }) => ({ title: `${assignment.title} · ${school.name}` }),
  render: ({ assignment, may }, { school, search }) => (
    <EditPage locale={school.locale} may={may} assignment={assignment} done={search.done} actions={ACTIONS} />
  ),
})

export default edit.Page
export const generateMetadata = edit.generateMetadata
