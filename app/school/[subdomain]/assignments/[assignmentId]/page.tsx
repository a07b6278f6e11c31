import { writeWork } from '#app/actions/assignments'
import { schoolRefusal } from '#app/refusals'
import { AssignmentPage } from '#components/assignment/assignment-page'
import { assignmentPath, assignmentSearch } from '#lib/assignments/contract'
import { loadAssignment } from '#lib/assignments/load-assignment'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'

const assignment = page({
  id: 'school.assignment',
  access: anyPerson('The enrollment decides which assignments there are; of other courses they are a 404.'),
  refused: schoolRefusal,
  params: assignmentPath,
  search: assignmentSearch,
  load: async ({ db, params, actor, school }) => {
    const { userId, timeZone, permissions } = person(actor)
    const own = { userId, timeZone: school.timeZone }
    return {
      view: await loadAssignment(db, { ...params, ...own }),
      timeZone: timeZone ?? school.timeZone,
      requestKey: permissions.has('assignment:submit') ? crypto.randomUUID() : null,
    }
  },
  metadata: ({ view }, { school }) => ({
    title: `${view.title} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ view, timeZone, requestKey }, { school, search }) => (
    <AssignmentPage
      locale={school.locale}
      timeZone={timeZone}
      assignment={view}
      requestKey={requestKey}
      done={search.done}
      action={writeWork}
    />
  ),
})

export default assignment.Page
export const generateMetadata = assignment.generateMetadata
