import 'server-only'
import { type Credentials, findCredentialsById } from '#lib/db/queries/credentials'
import { lockPerson } from '#lib/db/queries/profile'
import type { TenantDb } from '#lib/db/tenant'
import { codeOf } from '#lib/errors'

/**
 * What signing in knows of a person, as it stands and stays until this transaction ends: a new password, and the end
 * of sessions that comes with it, either are there already or will find what is made now.
 * @returns null for somebody who is gone or disabled
 */
export async function holdPerson(db: TenantDb, userId: string): Promise<Credentials | null> {
  try {
    await lockPerson(db, userId)
  } catch (error) {
    if (codeOf(error) === 'not_found') return null
    throw error
  }
  const standing = await findCredentialsById(db, userId)
  return standing === null || standing.disabled ? null : standing
}
