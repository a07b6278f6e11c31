import 'server-only'
import type { TenantDb } from '../handle'
import { sql } from '../sql'
import { oneRow } from './changes'

/** Makes this transaction the only one that changes how a person comes in, until it ends. @throws AppError 'not_found' */
export async function lockPerson(db: TenantDb, userId: string): Promise<{ hasPassword: boolean }> {
  return oneRow<{ hasPassword: boolean }>(
    db,
    sql`select password <> '!' as "hasPassword" from "User"
      where "tenantId" = ${db.tenantId} and id = ${userId} and "deletedAt" is null for no key update`,
    'person',
  )
}
