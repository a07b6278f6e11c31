import { copyToExam, findInBank, keepInBank } from '#app/actions/bank'
import { readExam, saveExam } from '#app/actions/exams'
import { schoolRefusal } from '#app/refusals'
import { ExamEditorPage } from '#components/exam-author/editor-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { heldOf } from '#lib/exams/author-views'
import { draftKeyOf, editorSearch, examPath } from '#lib/exams/contract/authoring'
import { examOf } from '../loading-exam'

const editor = page({
  id: 'teach.exam',
  access: can('exam:edit'),
  refused: schoolRefusal,
  params: examPath,
  search: editorSearch,
  load: async ({ db, school, params: { courseId, examId }, actor }) => {
    const { exam, head, by } = await examOf(db, { courseId, examId, actor, school })
    const draftKey = draftKeyOf(school.id, by.userId, examId)
    const held = heldOf(exam)
    return { head, exam: { courseId, examId, held, published: exam.publishedAt !== null, draftKey } }
  },
  metadata: ({ head }, { school }) => ({ title: `${head.title} · ${school.name}` }),
  render: ({ head, exam }, { school, search }) => (
    <ExamEditorPage
      locale={school.locale}
      head={head}
      exam={exam}
      done={search.done}
      actions={{ save: saveExam, read: readExam }}
      bank={{ find: findInBank, copy: copyToExam, keep: keepInBank }}
    />
  ),
})

export default editor.Page
export const generateMetadata = editor.generateMetadata
