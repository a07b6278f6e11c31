import { csvResponse } from '../exams/csv'
import { can } from '#lib/auth/access'
import { route } from '#lib/auth/route'
import { noParams, schoolExport } from '#lib/insight/contract'
import { exportSchool } from '#lib/insight/export-numbers'

/** Numbers about a whole school as a CSV file. */
export const GET = route({
  id: 'insight.school-export',
  access: can('analytics:read-any'),
  params: noParams,
  query: schoolExport,
  run: async ({ db, query: { part } }) => csvResponse(`insight-${part}`, await exportSchool(db, { part })),
})
