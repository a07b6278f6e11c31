import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { ExamPage } from '#components/exam/exam-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { idInPath } from '#lib/catalog/input'
import { loadExam } from '#lib/exams/load-exam'
import './room.css'

const exam = page({
  id: 'school.exam',
  access: anyPerson('The enrollment decides which exams there are; of other courses they are a 404.'),
  refused: schoolRefusal,
  params: z.strictObject({ examId: idInPath }),
  search: z.strictObject({}),
  load: async ({ db, params, actor, school }) => {
    const { userId, timeZone } = person(actor)
    return { intro: await loadExam(db, { ...params, userId }), timeZone: timeZone ?? school.timeZone }
  },
  metadata: ({ intro }, { school }) => ({
    title: `${intro.title} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ intro, timeZone }, { school }) => (
    <ExamPage locale={school.locale} timeZone={timeZone} exam={intro} />
  ),
})

export default exam.Page
export const generateMetadata = exam.generateMetadata
