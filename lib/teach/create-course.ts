import 'server-only'
import { createCourse as create } from '#lib/db/queries/courses'
import type { TenantDb } from '#lib/db/tenant'
import { takeCoursePlace } from '#lib/plans/take-course-place'

/**
 * Makes a draft for whoever asks. With the same id it is made once, and takes one place of the plan.
 * @param input.limit of the school's plan; null: none
 * @throws AppError 'limit_reached'; 'not_found' for somebody who may not teach
 */
export async function createCourse(
  db: TenantDb,
  input: Readonly<{ id: string; instructorId: string; title: string; limit: number | null }>,
): Promise<{ id: string; created: boolean }> {
  const { limit, ...course } = input
  const { id, created } = await create(db, { ...course, description: null })
  // Only what is new takes a place; a refusal takes the course back with the whole unit.
  if (created) await takeCoursePlace(db, limit)
  return { id, created }
}
