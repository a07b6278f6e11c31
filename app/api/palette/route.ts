import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { readerOf } from '#lib/auth/reader'
import { json, route } from '#lib/auth/route'
import { listPublishedCourses } from '#lib/db/queries/catalog'
import { searchQuery } from '#lib/search/contract'
import { searchSchool } from '#lib/search/search-school'

const MOST = 8
/** Fewer letters than that are no word yet. */
const LESSONS_FROM = 2

/** Courses, exams and lessons for the command palette: of the catalogue, and of what is open to who asks. */
export const GET = route({
  id: 'palette.search',
  access: publicAccess(
    'Finds what its reader may open; for a visitor that is published courses and previews.',
  ),
  params: z.strictObject({}),
  query: searchQuery,
  run: async ({ db, actor, query: { q } }) => {
    const { rows } = await listPublishedCourses(db, { q, cursor: null, limit: MOST })
    const { exams, lessons } =
      q.length < LESSONS_FROM
        ? { exams: [], lessons: [] }
        : await searchSchool(db, { q, reader: readerOf(actor), limit: MOST, snippets: false })
    return json({
      courses: rows.map(({ id, title }) => ({ id, title, href: `/courses/${id}` })),
      exams: exams.map(({ id, title, courseTitle, href }) => ({ id, title, courseTitle, href })),
      lessons: lessons.map(({ id, title, courseTitle, href }) => ({ id, title, courseTitle, href })),
    })
  },
})
