import 'server-only'
import { tell } from '#lib/db/queries/outbox'
import { administrators } from '#lib/db/queries/places'
import { countCoursePlaces } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { usageState } from './rules'

/**
 * Takes a place for the course that this transaction has just added, and tells the administrators once when the school
 * comes near its limit, as `takePeoplePlaces` does for people.
 * @param limit of the school's plan; null: none @throws AppError 'limit_reached'
 */
export async function takeCoursePlace(db: TenantDb, limit: number | null): Promise<void> {
  if (limit === null) return
  const used = await countCoursePlaces(db, limit)
  if (usageState(used - 1, limit) !== 'ok' || usageState(used, limit) === 'ok') return
  for (const userId of await administrators(db)) {
    await tell(db, { kind: 'mail.limit-near', payload: { userId, kind: 'courses', used, limit } })
  }
}
