import { schoolRefusal } from '#app/refusals'
import { AnalysisPage } from '#components/exam-analysis/analysis-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { analyseExam } from '#lib/exams/analyse-exam'
import { examPath } from '#lib/exams/contract/authoring'
import { noSearch } from '#lib/exams/contract/grading'
import { gradingOf } from '../grading'

const analysis = page({
  id: 'teach.exam-analysis',
  access: can('grade:write'),
  refused: schoolRefusal,
  params: examPath,
  search: noSearch,
  load: async ({ db, school, params, actor }) => {
    const { exam, head } = await gradingOf(db, { ...params, actor, school })
    return { head, view: await analyseExam(db, exam) }
  },
  metadata: ({ head }, { school }) => ({ title: `${head.title} · ${school.name}` }),
  render: ({ head, view }, { school }) => <AnalysisPage locale={school.locale} exam={head} view={view} />,
})

export default analysis.Page
export const generateMetadata = analysis.generateMetadata
