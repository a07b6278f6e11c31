import 'server-only'
import { TenantDb } from './handle'
import { PLATFORM_TENANT_ID } from './platform-id'
import { appPool, platformPool } from './pool'
import { inUnit } from './unit'

export type { TenantDb } from './handle'

const ID = /^[a-z0-9]{1,40}$/

async function inSchool<T>(
  tenantId: string,
  query: (db: TenantDb) => Promise<T>,
  options: Readonly<{ reads: boolean }>,
): Promise<T> {
  if (!ID.test(tenantId) || tenantId === PLATFORM_TENANT_ID)
    throw new Error('A unit of work needs the id of a school.')
  return inUnit(appPool(), tenantId, (unit) => TenantDb.use(tenantId, unit, query), options)
}

/**
 * One unit of work inside one school: a transaction on a connection that PostgreSQL itself confines to
 * the rows of `tenantId`. Everything `query` does commits together or not at all.
 * Load all that a page, route or action needs in one call and let it end before anything renders;
 * no network, hashing or mail inside (the connection is held meanwhile).
 * @throws AppError 'unavailable' (no connection, timeout), 'conflict' (unique, reference, deadlock);
 *   Error for a malformed id or a unit inside a unit.
 */
export async function withTenant<T>(tenantId: string, query: (db: TenantDb) => Promise<T>): Promise<T> {
  return inSchool(tenantId, query, { reads: false })
}

/**
 * As `withTenant`, for work that reads: PostgreSQL refuses to write in it, and what was read is handed on without
 * waiting for the transaction's end.
 */
export async function readTenant<T>(tenantId: string, query: (db: TenantDb) => Promise<T>): Promise<T> {
  return inSchool(tenantId, query, { reads: true })
}

/**
 * A unit of work among the rows that the platform has of its own: its people, their sessions, its outbox. The same
 * queries serve it and schools; its database role sees no school's rows.
 * @throws AppError as `withTenant`
 */
async function withPlatform<T>(query: (db: TenantDb) => Promise<T>): Promise<T> {
  return inUnit(platformPool(), PLATFORM_TENANT_ID, (unit) => TenantDb.use(PLATFORM_TENANT_ID, unit, query))
}

/**
 * A unit of work where people live: a school, or the platform itself. For what both have (signing in, sessions,
 * letters); everything else is a school's and takes `withTenant`.
 * @throws AppError as `withTenant`
 */
export async function withRealm<T>(tenantId: string, query: (db: TenantDb) => Promise<T>): Promise<T> {
  return tenantId === PLATFORM_TENANT_ID ? withPlatform(query) : withTenant(tenantId, query)
}
