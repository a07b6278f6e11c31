import 'server-only'
import type { AuditEntry } from '#lib/db/queries/audit'
import type { TenantDb } from '#lib/db/tenant'

/**
 * One unit of work in which the person is still signed in. Use-cases that hash, decode or wait are given this
 * instead of a handle, because a connection must not be held meanwhile.
 */
export type Unit = <T>(query: (db: TenantDb) => Promise<T>) => Promise<T>

/** What every change of one's own account is made with. */
export type Account = Readonly<{
  unit: Unit
  /** Appends to the audit log, under the name of the change, in the unit of the change. */
  record: (db: TenantDb, entry: AuditEntry) => Promise<void>
  person: Readonly<{ userId: string; sessionId: string; signedInAt: Date; email: string }>
  client: Readonly<{ ip: string }>
  /** BCP 47. */
  locale: string
}>

/** The audit log's name for the person themselves. */
export function self(account: Account): { targetType: 'User'; targetId: string } {
  return { targetType: 'User', targetId: account.person.userId }
}
