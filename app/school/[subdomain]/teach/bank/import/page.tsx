import { z } from 'zod'
import { importQuestions, previewImport } from '#app/actions/bank'
import { schoolRefusal } from '#app/refusals'
import { ImportPage } from '#components/bank/import-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'

const importing = page({
  id: 'teach.bank-import',
  access: can('exam:edit'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: z.strictObject({}),
  load: () => Promise.resolve(null),
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'bank.importing')('title')} · ${school.name}`,
  }),
  render: (_data, { school }) => (
    <ImportPage locale={school.locale} actions={{ preview: previewImport, apply: importQuestions }} />
  ),
})

export default importing.Page
export const generateMetadata = importing.generateMetadata
