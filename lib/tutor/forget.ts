import 'server-only'
import { emptyChats } from '#lib/db/queries/tutor'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'

/**
 * Deletes one of one's own conversations in a course, or all. What somebody else's id names is not found among one's own
 * and stays. Asked again it changes nothing.
 * @returns how many were deleted @throws AppError 'conflict' for one that is being answered
 */
export async function forgetChats(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string; chatId: string | null }>,
): Promise<number> {
  const { emptied, kept } = await emptyChats(db, input)
  if (emptied === 0 && kept > 0)
    throw new AppError('conflict', 'The question is being answered.', { reason: 'busy' })
  return emptied
}
