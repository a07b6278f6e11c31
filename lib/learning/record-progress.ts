import 'server-only'
import { afterProgress } from '#lib/awards/after-progress'
import { type LessonMark, type Recorded, recordLessonProgress } from '#lib/db/queries/progress'
import type { TenantDb } from '#lib/db/tenant'

/**
 * Records what a learner did in lessons of a course, and gives them what they earned by it, in one unit of work.
 * @throws AppError 'not_found' when the person isn't enrolled or a lesson is none of the course's, 'forbidden' when one
 *   isn't open yet
 */
export async function recordProgress(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string; marks: readonly LessonMark[]; now: Date }>,
): Promise<Recorded> {
  const { userId, courseId, marks, now } = input
  const recorded = await recordLessonProgress(db, { userId, courseId, marks })
  await afterProgress(db, {
    ...{ userId, courseId, now },
    completedLessons: recorded.newlyCompleted.length,
    courseCompleted: recorded.courseCompleted,
  })
  return recorded
}
