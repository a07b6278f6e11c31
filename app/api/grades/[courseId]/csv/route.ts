import { csvResponse } from '../../../exams/csv'
import { authorOf } from '../../../../school/[subdomain]/teach/editing'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { currentClient } from '#lib/auth/client'
import { route } from '#lib/auth/route'
import { findEditable } from '#lib/db/queries/teach'
import { gradesPath } from '#lib/grades/contract'
import { exportGrades } from '#lib/grades/export-grades'
import { z } from 'zod'

/** All grades of a course as a CSV file. */
export const GET = route({
  id: 'grade.export',
  access: can('grade:write'),
  params: gradesPath,
  query: z.strictObject({}),
  run: async ({ db, school, actor, params: { courseId } }) => {
    await findEditable(db, { courseId, by: authorOf(actor) })
    const client = await currentClient()
    const { timeZone } = school
    const csv = await exportGrades(db, { courseId, timeZone, actorId: person(actor).userId, client })
    return csvResponse(`grades-${courseId}`, csv)
  },
})
