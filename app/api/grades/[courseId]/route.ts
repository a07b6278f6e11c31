import { authorOf } from '../../../school/[subdomain]/teach/editing'
import { can } from '#lib/auth/access'
import { json, route } from '#lib/auth/route'
import { findEditable } from '#lib/db/queries/teach'
import { gradesPath } from '#lib/grades/contract'
import { loadBook } from '#lib/grades/load-book'
import { z } from 'zod'

/** Everybody's grades in a course, for the gradebook. */
export const GET = route({
  id: 'grade.book',
  access: can('grade:write'),
  params: gradesPath,
  query: z.strictObject({}),
  run: async ({ db, school, actor, params: { courseId } }) => {
    await findEditable(db, { courseId, by: authorOf(actor) })
    return json(await loadBook(db, { courseId, timeZone: school.timeZone }))
  },
})
