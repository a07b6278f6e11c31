import 'server-only'
import { setDisabled } from '#lib/db/queries/people-changes'
import { endSessions } from '#lib/db/queries/sessions'
import { endTokens } from '#lib/db/queries/tokens'
import type { TenantDb } from '#lib/db/tenant'
import { assertSomebodyStays, type By, personToChange } from './acting'

type Disabled = { changed: boolean; /** That were ended. */ sessions: number }

/**
 * Keeps a person out: their sessions and open links end with it, everything of theirs stays.
 * @throws AppError 'not_found', 'forbidden' (also for the last admin)
 */
export async function disablePerson(db: TenantDb, by: By, userId: string): Promise<Disabled> {
  const { target } = await personToChange(db, by, userId)
  await assertSomebodyStays(db, by, target)
  const changed = await setDisabled(db, { userId, disabled: true })
  await endTokens(db, userId)
  return { changed, sessions: await endSessions(db, { userId, except: null }) }
}
