import 'server-only'
import { giveBadges, type NewBadge } from '#lib/db/queries/badges'
import type { TenantDb } from '#lib/db/tenant'
import { translator } from '#lib/i18n/translate'
import type { BadgeType } from './contract'
import { type AwardEvent, deservedBy, numbersOf } from './rules/badges'

type Input = Readonly<{
  userId: string
  events: readonly AwardEvent[]
  /** BCP 47, of the learner: what they are told is in their language. */
  locale: string
  /** Of the course that the events are about; null when none was completed. */
  courseTitle: string | null
  now: Date
}>

/**
 * Gives a person the badges that events deserve, and a notification of each new one, in the transaction of the events.
 * One statement, or none when there is nothing to give.
 * @returns the types that are new
 */
export async function awardFor(db: TenantDb, input: Input): Promise<readonly BadgeType[]> {
  const { userId, events, locale, courseTitle, now } = input
  const t = translator(locale, 'awards.badges')
  const badges = events.flatMap(deservedBy).map((badge): NewBadge => ({
    ...badge,
    title: t(`${badge.type}.title`),
    message: t(`${badge.type}.news`, { course: courseTitle ?? '', ...numbersOf(badge.type) }),
  }))
  if (badges.length === 0) return []
  return (await giveBadges(db, { userId, badges, now })).map(({ type }) => type)
}
