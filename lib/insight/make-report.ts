import 'server-only'
import { hasCourse } from '#lib/db/queries/insight-reports'
import { withTenant } from '#lib/db/tenant'
import { makeCourseReport } from './load-course'
import { makeSchoolReport } from './load-school'

/**
 * Makes the report of a course, or of a school, in a unit of work of its own. A course that is gone has none.
 * @param input.courseId null: of the school
 */
export async function makeReport({
  tenantId,
  courseId,
}: Readonly<{ tenantId: string; courseId: string | null }>): Promise<void> {
  await withTenant(tenantId, async (db) => {
    if (courseId === null) await makeSchoolReport(db)
    else if (await hasCourse(db, { courseId })) await makeCourseReport(db, { courseId, now: new Date() })
  })
}
