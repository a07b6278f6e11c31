import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { ResultPage } from '#components/exam-result/result-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { idInPath } from '#lib/catalog/input'
import { loadResult } from '#lib/exams/load-result'
import { translator } from '#lib/i18n/translate'

const result = page({
  id: 'school.exam-result',
  access: anyPerson('One’s own attempt; anybody else’s is a 404.'),
  refused: schoolRefusal,
  params: z.strictObject({ examId: idInPath, attemptId: idInPath }),
  search: z.strictObject({}),
  load: async ({ db, params, actor, school }) => {
    const { userId, timeZone } = person(actor)
    return { view: await loadResult(db, { ...params, userId }), timeZone: timeZone ?? school.timeZone }
  },
  metadata: ({ view }, { school }) => ({
    title: `${translator(school.locale, 'examResult')('title', { exam: view.examTitle })} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ view, timeZone }, { school }) => (
    <ResultPage locale={school.locale} timeZone={timeZone} result={view} />
  ),
})

export default result.Page
export const generateMetadata = result.generateMetadata
