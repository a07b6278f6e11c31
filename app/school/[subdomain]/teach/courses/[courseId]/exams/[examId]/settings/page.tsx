import { readSettings, saveSettings } from '#app/actions/exams'
import { schoolRefusal } from '#app/refusals'
import { ExamSettingsPage } from '#components/exam-author/settings-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { settingTextsOf } from '#lib/exams/author-views'
import { examPath, settingsSearch } from '#lib/exams/contract/authoring'
import { worthOf } from '#lib/exams/rules/drafting-points'
import { examOf } from '../../loading-exam'

const settings = page({
  id: 'teach.exam-settings',
  access: can('exam:edit'),
  refused: schoolRefusal,
  params: examPath,
  search: settingsSearch,
  load: async ({ db, school, params, actor }) => {
    const { exam, head } = await examOf(db, { ...params, actor, school })
    const view = {
      texts: settingTextsOf(exam),
      timeZone: exam.timeZone,
      ...worthOf(exam.questions, exam.settings.pools),
    }
    return { head, view }
  },
  metadata: ({ head }, { school }) => ({ title: `${head.title} · ${school.name}` }),
  render: ({ head, view }, { school, search }) => (
    <ExamSettingsPage
      locale={school.locale}
      exam={head}
      view={view}
      done={search.done}
      actions={{ save: saveSettings, read: readSettings }}
    />
  ),
})

export default settings.Page
export const generateMetadata = settings.generateMetadata
