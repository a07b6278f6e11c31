import 'server-only'
import { setDisabled } from '#lib/db/queries/people-changes'
import type { TenantDb } from '#lib/db/tenant'
import { type By, personToChange } from './acting'

/** Lets a disabled person sign in again. @throws AppError 'not_found', 'forbidden' */
export async function enablePerson(db: TenantDb, by: By, userId: string): Promise<{ changed: boolean }> {
  await personToChange(db, by, userId)
  return { changed: await setDisabled(db, { userId, disabled: false }) }
}
