import 'server-only'
import { deleteEntry, switchBoard } from '#lib/db/queries/leaderboard'
import { type Author, lockEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'

/**
 * Switches the leaderboard of a course. Switched off, it forgets who stood on it: switched on again, everybody decides anew.
 * @returns how many left it; null when it was so already
 * @throws AppError 'not_found'; 'forbidden' when the course is a colleague's
 */
export async function changeBoard(
  db: TenantDb,
  input: Readonly<{ courseId: string; by: Author; on: boolean }>,
): Promise<{ left: number } | null> {
  const { courseId, by, on } = input
  await lockEditable(db, { courseId, by })
  return switchBoard(db, { courseId, on })
}

/**
 * Takes a learner off the leaderboard of a course, such as for a nickname that hurts. They can join again.
 * @throws AppError 'not_found' also when they don't stand on it; 'forbidden' when the course is a colleague's
 */
export async function removeFromBoard(
  db: TenantDb,
  input: Readonly<{ courseId: string; by: Author; userId: string }>,
): Promise<void> {
  const { courseId, by, userId } = input
  await lockEditable(db, { courseId, by })
  if (!(await deleteEntry(db, { courseId, userId })))
    throw new AppError('not_found', 'The person doesn’t stand on this leaderboard.')
}
