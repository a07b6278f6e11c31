import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { json, route } from '#lib/auth/route'
import { listPublishedCourses } from '#lib/db/queries/catalog'

/** Courses for the command palette: the same ones that the public catalogue shows. */
export const GET = route({
  id: 'palette.search',
  access: publicAccess('Searches what the public catalogue lists, nothing more.'),
  params: z.strictObject({}),
  query: z.strictObject({ q: z.string().trim().max(100).default('') }),
  run: async ({ db, query }) => {
    const { rows } = await listPublishedCourses(db, { q: query.q, cursor: null, limit: 8 })
    return json({ courses: rows.map(({ id, title }) => ({ id, title, href: `/courses/${id}` })) })
  },
})
