import { releaseGrades } from '#app/actions/assignment-grades'
import { schoolRefusal } from '#app/refusals'
import { SubmissionsPage } from '#components/assignment-grade/submissions-page'
import { authoredPath } from '#lib/assignments/contract/authoring'
import { submissionsSearch } from '#lib/assignments/contract/grading'
import { loadSubmissions } from '#lib/assignments/load-submissions'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { findEditable } from '#lib/db/queries/teach'
import { headOf } from '#lib/teach/views'
import { assignmentPagesOf, authorOf, managesPeople } from '../../../../../editing'

const submissions = page({
  id: 'teach.submissions',
  access: can('grade:write'),
  refused: schoolRefusal,
  params: authoredPath,
  search: submissionsSearch,
  load: async ({ db, school, params: { courseId, assignmentId }, search, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const { cursor } = search
    const { timeZone } = school
    return {
      may: assignmentPagesOf(actor),
      view: await loadSubmissions(db, { course, assignmentId, timeZone, cursor }),
    }
  },
  metadata: ({ view }, { school }) => ({ title: `${view.assignment.title} · ${school.name}` }),
  render: ({ may, view }, { school, search }) => (
    <SubmissionsPage
      locale={school.locale}
      may={may}
      view={view}
      done={search.done}
      release={releaseGrades}
    />
  ),
})

export default submissions.Page
export const generateMetadata = submissions.generateMetadata
