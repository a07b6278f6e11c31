import 'server-only'
import { giveBadges } from '#lib/db/queries/badges'
import type { TenantDb } from '#lib/db/tenant'
import type { BadgeType } from './contract'
import { type AwardEvent, deservedBy } from './rules/badges'

type Input = Readonly<{
  userId: string
  events: readonly AwardEvent[]
  now: Date
}>

/**
 * Gives a person the badges that events deserve, and has them told of each new one, in the transaction of the events.
 * One statement, or none when there is nothing to give.
 * @returns the types that are new
 */
export async function awardFor(db: TenantDb, input: Input): Promise<readonly BadgeType[]> {
  const { userId, events, now } = input
  const badges = events.flatMap(deservedBy)
  if (badges.length === 0) return []
  return (await giveBadges(db, { userId, badges, now })).map(({ type }) => type)
}
