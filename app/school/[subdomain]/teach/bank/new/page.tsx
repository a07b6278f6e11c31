import { z } from 'zod'
import { createBankQuestion } from '#app/actions/bank'
import { schoolRefusal } from '#app/refusals'
import { NewQuestionPage } from '#components/bank/new-question-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { newSearch } from '#lib/bank/contract'
import { translator } from '#lib/i18n/translate'

const fresh = page({
  id: 'teach.bank-new',
  access: can('exam:edit'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: newSearch,
  load: () => Promise.resolve({ requestKey: crypto.randomUUID() }),
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'bank.question')('newTitle')} · ${school.name}`,
  }),
  render: ({ requestKey }, { school, search }) => (
    <NewQuestionPage
      locale={school.locale}
      type={search.type}
      requestKey={requestKey}
      create={createBankQuestion}
    />
  ),
})

export default fresh.Page
export const generateMetadata = fresh.generateMetadata
