import { gradeSubmission } from '#app/actions/assignment-grades'
import { schoolRefusal } from '#app/refusals'
import { SubmissionPage } from '#components/assignment-grade/submission-page'
import { submissionPath, submissionSearch } from '#lib/assignments/contract/grading'
import { loadSubmission } from '#lib/assignments/load-submissions'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { findEditable } from '#lib/db/queries/teach'
import { headOf } from '#lib/teach/views'
import { assignmentPagesOf, authorOf, managesPeople } from '../../../../../../editing'

const submission = page({
  id: 'teach.submission',
  access: can('grade:write'),
  refused: schoolRefusal,
  params: submissionPath,
  search: submissionSearch,
  load: async ({ db, school, params: { courseId, ...which }, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const { timeZone } = school
    return { may: assignmentPagesOf(actor), view: await loadSubmission(db, { course, ...which, timeZone }) }
  },
  metadata: ({ view: { assignment, card } }, { school }) => ({
    title: `${card.name} · ${assignment.title} · ${school.name}`,
  }),
  render: ({ may, view }, { school, search }) => (
    <SubmissionPage
      key={view.card.id}
      locale={school.locale}
      may={may}
      view={view}
      saved={search.saved !== undefined}
      grade={gradeSubmission}
    />
  ),
})

export default submission.Page
export const generateMetadata = submission.generateMetadata
