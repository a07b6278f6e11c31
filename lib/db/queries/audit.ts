import 'server-only'
import { affected, type TenantDb } from '../handle'
import { sql } from '../sql'

/** A change as the audit log keeps it. `before` and `after` hold what changed, nothing more. */
export type AuditEntry = Readonly<{
  targetType: string
  targetId: string | null
  before?: Readonly<Record<string, unknown>>
  after?: Readonly<Record<string, unknown>>
}>

function jsonOrNull(value: Readonly<Record<string, unknown>> | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

/** Appends to the school's audit log, in the same transaction as the change it tells of. */
export async function recordAudit(
  db: TenantDb,
  entry: AuditEntry & Readonly<{ action: string; actorId: string | null; requestId?: string | null }>,
): Promise<void> {
  await affected(
    db,
    sql`insert into "AuditLog" ("tenantId", "actorId", action, "targetType", "targetId", before, after, "requestId")
      values (${db.tenantId}, ${entry.actorId}, ${entry.action}, ${entry.targetType}, ${entry.targetId},
        ${jsonOrNull(entry.before)}::jsonb, ${jsonOrNull(entry.after)}::jsonb, ${entry.requestId ?? null})`,
  )
}
