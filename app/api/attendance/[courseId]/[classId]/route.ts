import { csvResponse } from '../../../exams/csv'
import { authorOf } from '../../../../school/[subdomain]/teach/editing'
import { can } from '#lib/auth/access'
import { currentClient } from '#lib/auth/client'
import { route } from '#lib/auth/route'
import { exportAttendance } from '#lib/classes/attend'
import { taughtClassPath } from '#lib/classes/contract'
import { z } from 'zod'

/** Who was in a class, as a CSV file. */
export const GET = route({
  id: 'class.export',
  access: can('course:edit'),
  params: taughtClassPath,
  query: z.strictObject({}),
  run: async ({ db, school, actor, params }) => {
    const client = await currentClient()
    const { timeZone, locale } = school
    const csv = await exportAttendance(db, { ...params, by: authorOf(actor), timeZone, locale, client })
    return csvResponse(`attendance-${params.classId}`, csv)
  },
})
