import * as actions from '#app/actions/assignment-authoring'
import { schoolRefusal } from '#app/refusals'
import { AssignmentsPage } from '#components/assignment-author/assignments-page'
import { assignmentsSearch } from '#lib/assignments/contract/authoring'
import { assignmentCardOf } from '#lib/assignments/author-views'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { listAuthoredAssignments } from '#lib/db/queries/assignment-authoring'
import { cursorFrom } from '#lib/db/queries/cursor'
import { findEditable, getSettings } from '#lib/db/queries/teach'
import { coursePath } from '#lib/teach/contract'
import { headOf } from '#lib/teach/views'
import { authorOf, managesPeople } from '../../../editing'

const PAGE_SIZE = 30
const ACTIONS = { create: actions.createAssignment, restore: actions.restoreAssignment }

const list = page({
  id: 'teach.assignments',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: coursePath,
  search: assignmentsSearch,
  load: async ({ db, school, params: { courseId }, search, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const { timeZone } = await getSettings(db, courseId)
    const found = await listAuthoredAssignments(db, {
      ...{ courseId, cursor: cursorFrom(search.cursor), limit: PAGE_SIZE },
    })
    const { rows, nextCursor, previousCursor } = found
    return {
      course,
      timeZone: timeZone ?? school.timeZone,
      found: { assignments: rows.map(assignmentCardOf), nextCursor, previousCursor },
      requestKey: crypto.randomUUID(),
    }
  },
  metadata: ({ course }, { school }) => ({ title: `${course.title} · ${school.name}` }),
  render: ({ course, timeZone, found, requestKey }, { school, search }) => (
    <AssignmentsPage
      locale={school.locale}
      timeZone={timeZone}
      course={course}
      page={found}
      search={search}
      requestKey={requestKey}
      actions={ACTIONS}
    />
  ),
})

export default list.Page
export const generateMetadata = list.generateMetadata
