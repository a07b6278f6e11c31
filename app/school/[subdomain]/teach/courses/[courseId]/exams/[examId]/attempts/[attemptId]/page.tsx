import { giveMark, readMark } from '#app/actions/exam-grades'
import { schoolRefusal } from '#app/refusals'
import { AttemptPage } from '#components/exam-grade/attempt-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { attemptPath, attemptSearch } from '#lib/exams/contract/grading'
import { loadAttempt } from '#lib/exams/load-attempt'
import { gradingOf } from '../../grading'

const attempt = page({
  id: 'teach.exam-attempt',
  access: can('grade:write'),
  refused: schoolRefusal,
  params: attemptPath,
  search: attemptSearch,
  load: async ({ db, school, params: { courseId, examId, attemptId }, actor }) => {
    const { exam, head, may } = await gradingOf(db, { courseId, examId, actor, school })
    return { head, view: await loadAttempt(db, { exam, attemptId, may }) }
  },
  metadata: ({ head, view }, { school }) => ({
    title: `${view.attempt.name} · ${head.title} · ${school.name}`,
  }),
  render: ({ head, view }, { school, search }) => (
    <AttemptPage
      locale={school.locale}
      exam={head}
      view={view}
      saved={search.saved}
      actions={{ give: giveMark, read: readMark }}
    />
  ),
})

export default attempt.Page
export const generateMetadata = attempt.generateMetadata
