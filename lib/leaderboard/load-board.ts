import 'server-only'
import { getOwnBoard, listBoard } from '#lib/db/queries/leaderboard'
import type { TenantDb } from '#lib/db/tenant'
import type { BoardOrder, BoardView } from './contract'

/**
 * A course's leaderboard for one of its learners: two statements, one for whoever doesn't take part. They see that there
 * is one and how many take part; names only those see who are seen themselves.
 * @throws AppError 'not_found'
 */
export async function loadBoard(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string; ownName: string; by: BoardOrder; now: Date }>,
): Promise<BoardView> {
  const { courseId, userId, ownName, by, now } = input
  const board = await getOwnBoard(db, { courseId, userId })
  const lines = board.joined ? await listBoard(db, { courseId, userId, order: by, now }) : []
  return { ...board, courseId, ownName, by, lines }
}
