import { z } from 'zod'
import { gradingOf } from '../../../school/[subdomain]/teach/courses/[courseId]/exams/[examId]/grading'
import { can } from '#lib/auth/access'
import { route } from '#lib/auth/route'
import { exportQuery } from '#lib/exams/contract/grading'
import { exportAnalysis } from '#lib/exams/export-grades'
import { csvResponse } from '../csv'

/** The item analysis of an exam as a CSV file. It names nobody. */
export const GET = route({
  id: 'exam.analysis',
  access: can('grade:write'),
  params: z.strictObject({}),
  query: exportQuery,
  run: async ({ db, school, actor, query }) => {
    const { exam } = await gradingOf(db, { ...query, actor, school })
    return csvResponse(`analysis-${exam.id}`, await exportAnalysis(db, exam))
  },
})
