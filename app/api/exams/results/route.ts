import { z } from 'zod'
import { gradingOf } from '../../../school/[subdomain]/teach/courses/[courseId]/exams/[examId]/grading'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { currentClient } from '#lib/auth/client'
import { route } from '#lib/auth/route'
import { exportQuery } from '#lib/exams/contract/grading'
import { exportResults } from '#lib/exams/export-grades'
import { csvResponse } from '../csv'

/** All attempts at an exam with their points, as a CSV file. */
export const GET = route({
  id: 'exam.results',
  access: can('grade:write'),
  params: z.strictObject({}),
  query: exportQuery,
  run: async ({ db, school, actor, query }) => {
    const { exam } = await gradingOf(db, { ...query, actor, school })
    const client = await currentClient()
    return csvResponse(
      `results-${exam.id}`,
      await exportResults(db, { exam, actorId: person(actor).userId, client }),
    )
  },
})
