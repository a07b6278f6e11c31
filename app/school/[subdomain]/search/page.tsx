import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { SearchPage } from '#components/search/search-page'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { readerOf } from '#lib/auth/reader'
import { translator } from '#lib/i18n/translate'
import { searchQuery } from '#lib/search/contract'
import { searchSchool } from '#lib/search/search-school'

const MOST = 20

const search = page({
  id: 'school.search',
  access: publicAccess(
    'Finds what its reader may open; for a visitor that is published courses and previews.',
  ),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: searchQuery,
  load: ({ db, actor, search: { q } }) =>
    searchSchool(db, { q, reader: readerOf(actor), limit: MOST, snippets: true }),
  metadata: ({ q }, { school }) => {
    const t = translator(school.locale, 'search')
    return {
      title: `${q === '' ? t('title') : t('titleOf', { q })} · ${school.name}`,
      robots: { index: false },
    }
  },
  render: (view, { school }) => <SearchPage locale={school.locale} view={view} />,
})

export default search.Page
export const generateMetadata = search.generateMetadata
