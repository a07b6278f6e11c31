import { z } from 'zod'
import { importPeople, previewImport } from '#app/actions/people'
import { ImportPage } from '#components/people/import-page'
import { schoolRefusal } from '#app/refusals'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'

const importing = page({
  id: 'admin.people-import',
  access: can('user:invite'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: z.strictObject({}),
  load: () => Promise.resolve(null),
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'people.importing')('title')} · ${school.name}`,
  }),
  render: (_data, { school, actor }) => (
    <ImportPage
      locale={school.locale}
      permissions={person(actor).permissions}
      actions={{ preview: previewImport, apply: importPeople }}
    />
  ),
})

export default importing.Page
export const generateMetadata = importing.generateMetadata
