import { z } from 'zod'
import { Catalogue } from '#components/catalog/catalogue'
import { schoolRefusal } from '#app/refusals'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { catalogueSearch } from '#lib/catalog/contract'
import { brandOf, cardOf } from '#lib/catalog/views'
import { cursorFrom } from '#lib/db/queries/cursor'
import { listPublishedCourses } from '#lib/db/queries/catalog'
import { translator } from '#lib/i18n/translate'

const PAGE_SIZE = 12

const catalogue = page({
  id: 'school.catalogue',
  access: publicAccess('The catalogue lists published courses only.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: catalogueSearch,
  load: async ({ db, school, search }) => {
    const found = await listPublishedCourses(db, {
      q: search.q,
      cursor: cursorFrom(search.cursor),
      limit: PAGE_SIZE,
    })
    const { nextCursor, previousCursor } = found
    return { q: search.q, courses: found.rows.map((row) => cardOf(school, row)), nextCursor, previousCursor }
  },
  metadata: (_list, { school }) => ({
    title: `${translator(school.locale, 'catalogue')('title')} · ${school.name}`,
  }),
  render: (list, { school }) => <Catalogue brand={brandOf(school)} page={list} />,
})

export default catalogue.Page
export const generateMetadata = catalogue.generateMetadata
