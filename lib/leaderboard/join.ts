import 'server-only'
import { deleteEntry, holdBoard, isNameTaken, writeEntry } from '#lib/db/queries/leaderboard'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { NICKNAME, nicknameOf } from './rules'

type Input = Readonly<{
  courseId: string
  userId: string
  /** As typed; null: by their own name. */
  nickname: string | null
  /** BCP 47, of whoever is told what is wrong. */
  locale: string
}>

function refused(words: string): AppError {
  return new AppError('invalid_input', 'A nickname was refused.', { fields: { nickname: words } })
}

/**
 * Puts a learner on the leaderboard of a course they are enrolled in, by the name of their choice; done again it changes
 * the name. @returns whether they are new to it, and the nickname that was kept
 * @throws AppError 'not_found' where there is no such leaderboard for them; 'invalid_input' for what is no nickname, or
 *   somebody else's name there
 */
export async function joinBoard(
  db: TenantDb,
  input: Input,
): Promise<{ joined: boolean; nickname: string | null }> {
  const { courseId, userId, locale } = input
  await holdBoard(db, { courseId, userId })
  if (input.nickname === null)
    return { ...(await writeEntry(db, { courseId, userId, nickname: null })), nickname: null }
  const t = translator(locale, 'leaderboard.refused')
  const checked = nicknameOf(input.nickname)
  if ('fault' in checked) throw refused(t(checked.fault, NICKNAME))
  const { nickname } = checked
  if (await isNameTaken(db, { courseId, userId, name: nickname })) throw refused(t('taken'))
  return { ...(await writeEntry(db, { courseId, userId, nickname })), nickname }
}

/** Takes a learner off a leaderboard, at once; also where it was closed meanwhile. @returns whether they stood on it */
export async function leaveBoard(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string }>,
): Promise<boolean> {
  return deleteEntry(db, input)
}
