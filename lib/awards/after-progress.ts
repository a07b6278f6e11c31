import 'server-only'
import type { TenantDb } from '#lib/db/tenant'
import { awardFor } from './award-for'
import { countDay } from './count-day'
import { issueCertificate } from './issue-certificate'
import type { AwardEvent } from './rules/badges'

type Progress = Readonly<{
  userId: string
  courseId: string
  /** Lessons that were not completed before. */
  completedLessons: number
  /** Whether the course was not completed before. */
  courseCompleted: boolean
  now: Date
}>

/**
 * What follows from progress, in the transaction that recorded it: the day counts for the streak, a completed course
 * gives its certificate, and all of it the badges that it deserves. At most three statements, two more on a
 * day's first; none when nothing was newly completed.
 * @throws AppError 'not_found' when the person is none of this school's, or hasn't completed what is said to be completed
 */
export async function afterProgress(db: TenantDb, input: Progress): Promise<void> {
  const { userId, courseId, completedLessons, courseCompleted, now } = input
  if (completedLessons === 0 && !courseCompleted) return
  const { moved, hour } = await countDay(db, { userId, now })
  if (courseCompleted) await issueCertificate(db, { userId, courseId })
  const events: AwardEvent[] = [
    ...(completedLessons > 0 ? [{ kind: 'lesson-completed', hour } as const] : []),
    ...(courseCompleted ? [{ kind: 'course-completed', courseId } as const] : []),
    ...(moved === null ? [] : [{ kind: 'streak-moved', days: moved.longest } as const]),
  ]
  await awardFor(db, { userId, events, now })
}
