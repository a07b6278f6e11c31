import { z } from 'zod'
import { FrontPage } from '#components/school/front-page'
import { schoolRefusal } from '#app/refusals'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { brandOf, cardOf } from '#lib/catalog/views'
import { listPublishedCourses } from '#lib/db/queries/catalog'

const FEATURED = 6

const front = page({
  id: 'school.front',
  access: publicAccess('A school’s front page is its shop window.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: z.strictObject({}),
  load: async ({ db, school }) => {
    const { rows } = await listPublishedCourses(db, { q: '', cursor: null, limit: FEATURED })
    return rows.map((row) => cardOf(school, row))
  },
  metadata: (_courses, { school }) => ({
    title: school.name,
    ...(school.description === null ? {} : { description: school.description }),
  }),
  render: (courses, { school }) => (
    <FrontPage brand={brandOf(school)} description={school.description} courses={courses} />
  ),
})

export default front.Page
export const generateMetadata = front.generateMetadata
