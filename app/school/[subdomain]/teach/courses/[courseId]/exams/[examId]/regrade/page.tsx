import { applyRegrade } from '#app/actions/exam-grades'
import { schoolRefusal } from '#app/refusals'
import { RegradePage } from '#components/exam-grade/regrade-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { examPath } from '#lib/exams/contract/authoring'
import { noSearch } from '#lib/exams/contract/grading'
import { previewRegrade } from '#lib/exams/preview-regrade'
import { gradingOf } from '../grading'

const regrade = page({
  id: 'teach.exam-regrade',
  access: can('grade:write'),
  refused: schoolRefusal,
  params: examPath,
  search: noSearch,
  load: async ({ db, school, params, actor }) => {
    const { exam, head, may } = await gradingOf(db, { ...params, actor, school })
    return { head, view: await previewRegrade(db, { exam, courseId: params.courseId, may }) }
  },
  metadata: ({ head }, { school }) => ({ title: `${head.title} · ${school.name}` }),
  render: ({ head, view }, { school }) => (
    <RegradePage locale={school.locale} exam={head} view={view} action={applyRegrade} />
  ),
})

export default regrade.Page
export const generateMetadata = regrade.generateMetadata
