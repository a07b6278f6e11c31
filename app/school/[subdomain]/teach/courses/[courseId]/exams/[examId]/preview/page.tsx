import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { ExamPreviewPage } from '#components/exam-author/preview-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { examPath } from '#lib/exams/contract/authoring'
import { worthOf } from '#lib/exams/rules/drafting-points'
import { deliver, drawLayout } from '#lib/exams/rules/layout'
import { examOf } from '../../loading-exam'

const preview = page({
  id: 'teach.exam-preview',
  access: can('exam:edit'),
  refused: schoolRefusal,
  params: examPath,
  search: z.strictObject({}),
  load: async ({ db, school, params, actor }) => {
    const { exam, head } = await examOf(db, { ...params, actor, school })
    const { questions, settings, duration, instructions } = exam
    const drawn = deliver(questions, drawLayout(questions, settings, Math.random))
    const { points } = worthOf(drawn, [])
    return { head, questions: drawn, points, duration, instructions }
  },
  metadata: ({ head }, { school }) => ({ title: `${head.title} · ${school.name}` }),
  render: ({ head, ...view }, { school }) => <ExamPreviewPage locale={school.locale} exam={head} {...view} />,
})

export default preview.Page
export const generateMetadata = preview.generateMetadata
