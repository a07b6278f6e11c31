import { z } from 'zod'
import { Catalogue } from '#components/catalog/catalogue'
import { schoolRefusal } from '#app/refusals'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { readerOf } from '#lib/auth/reader'
import { catalogueSearch } from '#lib/catalog/contract'
import { brandOf, cardOf } from '#lib/catalog/views'
import { cursorFrom } from '#lib/db/queries/cursor'
import { listPublishedCourses, listShelves } from '#lib/db/queries/catalog'
import { translator } from '#lib/i18n/translate'

const PAGE_SIZE = 12

const catalogue = page({
  id: 'school.catalogue',
  access: publicAccess('The catalogue lists published courses only.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: catalogueSearch,
  load: async ({ db, school, search, actor }) => {
    const userId = readerOf(actor)?.userId ?? null
    const { q, category = null } = search
    const mine = search.mine !== undefined && userId !== null
    const found = await listPublishedCourses(db, {
      ...{ q, categoryId: category, userId, mine },
      cursor: cursorFrom(search.cursor),
      limit: PAGE_SIZE,
    })
    const { nextCursor, previousCursor } = found
    return {
      ...{ q, category, mine, signedIn: userId !== null, nextCursor, previousCursor },
      shelves: await listShelves(db),
      courses: found.rows.map((row) => cardOf(school, row)),
    }
  },
  metadata: (_list, { school }) => ({
    title: `${translator(school.locale, 'catalogue')('title')} · ${school.name}`,
  }),
  render: (list, { school }) => <Catalogue brand={brandOf(school)} page={list} />,
})

export default catalogue.Page
export const generateMetadata = catalogue.generateMetadata
