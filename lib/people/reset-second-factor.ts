import 'server-only'
import { tell } from '#lib/db/queries/outbox'
import { removeFactor } from '#lib/db/queries/second-factors'
import type { TenantDb } from '#lib/db/tenant'
import { type By, personToChange } from './acting'

/**
 * Removes the second factor of somebody who lost phone and recovery codes, and writes to them about it.
 * @returns whether there was one @throws AppError 'not_found', 'forbidden'
 */
export async function resetSecondFactor(db: TenantDb, by: By, userId: string): Promise<{ removed: boolean }> {
  await personToChange(db, by, userId)
  const removed = await removeFactor(db, userId)
  if (removed) await tell(db, { kind: 'mail.account-notice', payload: { userId, what: 'second-factor-off' } })
  return { removed }
}
