import 'server-only'
import { findLearningDays } from '#lib/db/queries/streaks'
import type { TenantDb } from '#lib/db/tenant'
import { streakNow, type StreakNow } from './rules/streak'

/** Where somebody's streak stands; null when they don't want to see it. One statement. @param input.timeZone IANA, theirs */
export async function loadStreak(
  db: TenantDb,
  input: Readonly<{ userId: string; timeZone: string; now: Date }>,
): Promise<StreakNow | null> {
  const { userId, timeZone, now } = input
  const facts = await findLearningDays(db, userId)
  return facts.hidden ? null : streakNow(facts, now, timeZone)
}
