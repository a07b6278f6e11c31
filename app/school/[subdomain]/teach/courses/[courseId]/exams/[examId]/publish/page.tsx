import { publishExam, unpublishExam } from '#app/actions/exams'
import { schoolRefusal } from '#app/refusals'
import { ExamPublishPage } from '#components/exam-author/publish-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { countBehind } from '#lib/db/queries/exam-regrade'
import { draftKeyOf, examPath, examPublishSearch } from '#lib/exams/contract/authoring'
import { judgeNow } from '#lib/exams/publish-exam'
import { examOf } from '../../loading-exam'

const publish = page({
  id: 'teach.exam-publish',
  access: can('exam:edit'),
  refused: schoolRefusal,
  params: examPath,
  search: examPublishSearch,
  load: async ({ db, school, params, actor }) => {
    const { exam, head, by } = await examOf(db, { ...params, actor, school })
    const { publishedAt, version, changed, attempts, running, timeZone } = exam
    const findings = await judgeNow(db, exam)
    const behind = attempts === 0 ? 0 : await countBehind(db, exam.id)
    const draftKey = draftKeyOf(school.id, by.userId, exam.id)
    return {
      head,
      timeZone,
      view: {
        findings,
        state: head.state,
        publishedAt,
        version,
        changed,
        attempts,
        running,
        behind,
        draftKey,
      },
    }
  },
  metadata: ({ head }, { school }) => ({ title: `${head.title} · ${school.name}` }),
  render: ({ head, timeZone, view }, { school, search }) => (
    <ExamPublishPage
      locale={school.locale}
      timeZone={timeZone}
      exam={head}
      view={view}
      done={search.done}
      actions={{ publish: publishExam, unpublish: unpublishExam }}
    />
  ),
})

export default publish.Page
export const generateMetadata = publish.generateMetadata
