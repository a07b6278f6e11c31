import 'server-only'
import { endSessions } from '#lib/db/queries/sessions'
import type { TenantDb } from '#lib/db/tenant'
import { type By, personToChange } from './acting'

/** Signs a person out on all devices. @returns on how many @throws AppError 'not_found', 'forbidden' */
export async function signOutPerson(db: TenantDb, by: By, userId: string): Promise<{ sessions: number }> {
  await personToChange(db, by, userId)
  return { sessions: await endSessions(db, { userId, except: null }) }
}
