import { z } from 'zod'
import { archiveBankQuestion, restoreBankQuestion } from '#app/actions/bank'
import { schoolRefusal } from '#app/refusals'
import { BankList } from '#components/bank/bank-list'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { bankSearch } from '#lib/bank/contract'
import { loadBank } from '#lib/bank/load-bank'
import { translator } from '#lib/i18n/translate'
import { authorOf } from '../editing'

const bank = page({
  id: 'teach.bank',
  access: can('exam:edit'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: bankSearch,
  load: ({ db, search, actor }) => loadBank(db, { search, by: authorOf(actor) }),
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'bank')('title')} · ${school.name}`,
  }),
  render: (list, { school }) => (
    <BankList
      locale={school.locale}
      schoolName={school.name}
      page={list}
      actions={{ archive: archiveBankQuestion, restore: restoreBankQuestion }}
    />
  ),
})

export default bank.Page
export const generateMetadata = bank.generateMetadata
