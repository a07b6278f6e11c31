import { createHash, randomUUID } from 'node:crypto'
import * as actions from '#app/actions/exams'
import { schoolRefusal } from '#app/refusals'
import { ExamList } from '#components/exam-author/exam-list'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { cursorFrom } from '#lib/db/queries/cursor'
import { listExams } from '#lib/db/queries/exams'
import { findEditable, getSettings } from '#lib/db/queries/teach'
import { examCardOf } from '#lib/exams/author-views'
import { examsSearch } from '#lib/exams/contract/authoring'
import { coursePath } from '#lib/teach/contract'
import { headOf } from '#lib/teach/views'
import { authorOf, managesPeople } from '../../../editing'

const PAGE_SIZE = 30

const ACTIONS = {
  create: actions.createExam,
  duplicate: actions.duplicateExam,
  remove: actions.removeExam,
  restore: actions.restoreExam,
}

const exams = page({
  id: 'teach.exams',
  access: can('exam:edit'),
  refused: schoolRefusal,
  params: coursePath,
  search: examsSearch,
  load: async ({ db, school, params: { courseId }, search, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const { timeZone } = await getSettings(db, courseId)
    const found = await listExams(db, { courseId, cursor: cursorFrom(search.cursor), limit: PAGE_SIZE })
    const { rows, nextCursor, previousCursor } = found
    const create = randomUUID()
    const key = (id: string): string =>
      createHash('sha256').update(`${create}/${id}`).digest('hex').slice(0, 32)
    return {
      course,
      timeZone: timeZone ?? school.timeZone,
      page: { exams: rows.map(examCardOf), nextCursor, previousCursor },
      requestKeys: { create, duplicate: Object.fromEntries(rows.map(({ id }) => [id, key(id)])) },
    }
  },
  metadata: ({ course }, { school }) => ({ title: `${course.title} · ${school.name}` }),
  render: ({ course, timeZone, page: list, requestKeys }, { school, search }) => (
    <ExamList
      locale={school.locale}
      timeZone={timeZone}
      course={course}
      page={list}
      search={search}
      requestKeys={requestKeys}
      actions={ACTIONS}
    />
  ),
})

export default exams.Page
export const generateMetadata = exams.generateMetadata
