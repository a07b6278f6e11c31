import 'server-only'
import { findLearningDays, markDay, writeStreak } from '#lib/db/queries/streaks'
import type { TenantDb } from '#lib/db/tenant'
import { streakNow } from './rules/streak'

export type CountedDay = Readonly<{
  /** Days of the streak, and of the longest one, when this moved it; null when the day counted already. */
  moved: Readonly<{ days: number; longest: number }> | null
  /** Of the day where the learner is, 0 to 23. */
  hour: number
  /** BCP 47, the learner's or their school's. */
  locale: string
}>

/**
 * Counts the learner's day of `now` for their streak, once. One statement for a day that counts already, three for a
 * new one. A day that comes late is as good as one in time: the streak is made from all days anew.
 * @throws AppError 'not_found' when the person is none of this school's
 */
export async function countDay(
  db: TenantDb,
  input: Readonly<{ userId: string; now: Date }>,
): Promise<CountedDay> {
  const { userId, now } = input
  const { isNew, timeZone, hour, locale } = await markDay(db, { userId, now })
  if (!isNew) return { moved: null, hour, locale }
  const facts = await findLearningDays(db, userId)
  const { days, longest } = streakNow(facts, now, timeZone)
  await writeStreak(db, { userId, current: days, longest, lastDay: facts.days.at(-1) ?? '' })
  return { moved: { days, longest }, hour, locale }
}
