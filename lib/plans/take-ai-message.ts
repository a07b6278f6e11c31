import 'server-only'
import { tell } from '#lib/db/queries/outbox'
import { administrators } from '#lib/db/queries/places'
import { takeMonthly } from '#lib/db/queries/tutor'
import type { TenantDb } from '#lib/db/tenant'
import { usageState } from './rules'

/**
 * Takes one of the questions to the tutor that the school's plan has for a month, and tells the administrators once when
 * they come near their end, as `takePeoplePlaces` does for people.
 * @param limit of the school's plan; null: none @param timeZone decides which month it is
 * @returns whether there was one left
 */
export async function takeAiMessage(
  db: TenantDb,
  { limit, timeZone }: Readonly<{ limit: number | null; timeZone: string }>,
): Promise<boolean> {
  const before = await takeMonthly(db, { limit, timeZone })
  if (before === null) return false
  if (limit === null) return true
  const used = before + 1
  if (usageState(before, limit) === 'ok' && usageState(used, limit) !== 'ok') {
    for (const userId of await administrators(db)) {
      await tell(db, { kind: 'mail.limit-near', payload: { userId, kind: 'ai', used, limit } })
    }
  }
  return true
}
