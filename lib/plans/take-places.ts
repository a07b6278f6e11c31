import 'server-only'
import { tell } from '#lib/db/queries/outbox'
import { administrators, takePlaces } from '#lib/db/queries/places'
import type { TenantDb } from '#lib/db/tenant'
import { usageState } from './rules'

/**
 * Takes places for people that this transaction is about to add. Whoever brings the school near its limit causes a
 * letter to its administrators, once: before it is reached, and while nothing is refused yet.
 * @param limit of the school's plan; null: none @throws AppError 'limit_reached'
 */
export async function takePeoplePlaces(
  db: TenantDb,
  input: Readonly<{ wanted: number; limit: number | null }>,
): Promise<void> {
  const { wanted, limit } = input
  if (limit === null || wanted === 0) return
  const before = await takePlaces(db, { wanted, limit })
  const used = before + wanted
  if (usageState(before, limit) !== 'ok' || usageState(used, limit) === 'ok') return
  for (const userId of await administrators(db)) {
    await tell(db, { kind: 'mail.limit-near', payload: { userId, kind: 'people', used, limit } })
  }
}
