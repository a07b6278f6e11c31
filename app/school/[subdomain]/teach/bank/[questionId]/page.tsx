import { archiveBankQuestion, restoreBankQuestion, writeBank } from '#app/actions/bank'
import { schoolRefusal } from '#app/refusals'
import { QuestionPage } from '#components/bank/question-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { bankPath, questionSearch } from '#lib/bank/contract'
import { loadBankQuestion } from '#lib/bank/load-bank'
import { translator } from '#lib/i18n/translate'
import { authorOf } from '../../editing'

const question = page({
  id: 'teach.bank-question',
  access: can('exam:edit'),
  refused: schoolRefusal,
  params: bankPath,
  search: questionSearch,
  load: ({ db, params, actor }) => loadBankQuestion(db, { ...params, by: authorOf(actor) }),
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'bank.question')('editTitle')} · ${school.name}`,
  }),
  render: (view, { school, search }) => (
    <QuestionPage
      locale={school.locale}
      view={view}
      done={search.done}
      actions={{ write: writeBank, archive: archiveBankQuestion, restore: restoreBankQuestion }}
    />
  ),
})

export default question.Page
export const generateMetadata = question.generateMetadata
