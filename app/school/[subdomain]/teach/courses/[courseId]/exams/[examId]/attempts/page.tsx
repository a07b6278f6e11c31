import { endAttempt, releaseResults } from '#app/actions/exam-grades'
import { schoolRefusal } from '#app/refusals'
import { AttemptsPage } from '#components/exam-grade/attempts-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { examPath } from '#lib/exams/contract/authoring'
import { attemptsSearch } from '#lib/exams/contract/grading'
import { listAttempts } from '#lib/exams/list-attempts'
import { gradingOf } from '../grading'

const attempts = page({
  id: 'teach.exam-attempts',
  access: can('grade:write'),
  refused: schoolRefusal,
  params: examPath,
  search: attemptsSearch,
  load: async ({ db, school, params, search, actor }) => {
    const { exam, head, may } = await gradingOf(db, { ...params, actor, school })
    return { head, view: await listAttempts(db, { exam, courseId: params.courseId, search, may }) }
  },
  metadata: ({ head }, { school }) => ({ title: `${head.title} · ${school.name}` }),
  render: ({ head, view }, { school }) => (
    <AttemptsPage
      locale={school.locale}
      exam={head}
      view={view}
      actions={{ end: endAttempt, release: releaseResults }}
    />
  ),
})

export default attempts.Page
export const generateMetadata = attempts.generateMetadata
