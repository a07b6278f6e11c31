import { giveMark, readMark } from '#app/actions/exam-grades'
import { schoolRefusal } from '#app/refusals'
import { PilePage } from '#components/exam-grade/pile-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { gradePath, gradeSearch } from '#lib/exams/contract/grading'
import { loadPile } from '#lib/exams/load-pile'
import { gradingOf } from '../../grading'

const pile = page({
  id: 'teach.exam-grade',
  access: can('grade:write'),
  refused: schoolRefusal,
  params: gradePath,
  search: gradeSearch,
  load: async ({ db, school, params: { courseId, examId, questionId }, search, actor }) => {
    const { exam, head, may } = await gradingOf(db, { courseId, examId, actor, school })
    return { head, view: await loadPile(db, { exam, questionId, search, may }) }
  },
  metadata: ({ head }, { school }) => ({ title: `${head.title} · ${school.name}` }),
  render: ({ head, view }, { school }) => (
    <PilePage locale={school.locale} exam={head} view={view} actions={{ give: giveMark, read: readMark }} />
  ),
})

export default pile.Page
export const generateMetadata = pile.generateMetadata
