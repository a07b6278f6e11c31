import { csvResponse } from '../../exams/csv'
import { analystOf } from '../../../school/[subdomain]/teach/editing'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { currentClient } from '#lib/auth/client'
import { route } from '#lib/auth/route'
import { findEditable } from '#lib/db/queries/teach'
import { courseExport, coursePath } from '#lib/insight/contract'
import { exportCourse } from '#lib/insight/export-numbers'

/** Numbers about a course as a CSV file. */
export const GET = route({
  id: 'insight.export',
  access: anyPerson('Whoever sees numbers of their own courses, or of every course.'),
  params: coursePath,
  query: courseExport,
  run: async ({ db, school, actor, query: { part }, params: { courseId } }) => {
    const { status } = await findEditable(db, { courseId, by: analystOf(actor) })
    const { locale } = school
    const client = await currentClient()
    const csv = await exportCourse(db, {
      ...{ courseId, part, locale, client, isOpen: status === 'PUBLISHED', now: new Date() },
      actorId: person(actor).userId,
    })
    return csvResponse(`insight-${part}-${courseId}`, csv)
  },
})
