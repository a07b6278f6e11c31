import 'server-only'
import { TenantDb } from './handle'
import { PLATFORM_TENANT_ID } from './platform-id'
import { appPool } from './pool'
import { inUnit } from './unit'

export type { TenantDb } from './handle'

const ID = /^[a-z0-9]{1,40}$/

/**
 * One unit of work inside one school: a transaction on a connection that PostgreSQL itself confines to
 * the rows of `tenantId`. Everything `query` does commits together or not at all.
 * Load all that a page, route or action needs in one call and let it end before anything renders;
 * no network, hashing or mail inside (the connection is held meanwhile).
 * @throws AppError 'unavailable' (no connection, timeout), 'conflict' (unique, reference, deadlock);
 *   Error for a malformed id or a unit inside a unit.
 */
export async function withTenant<T>(tenantId: string, query: (db: TenantDb) => Promise<T>): Promise<T> {
  if (!ID.test(tenantId) || tenantId === PLATFORM_TENANT_ID)
    throw new Error('withTenant needs the id of a school.')
  return inUnit(appPool(), tenantId, (unit) => TenantDb.use(tenantId, unit, query))
}
