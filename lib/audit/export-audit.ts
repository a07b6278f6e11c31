import 'server-only'
import { listAudit, recordAudit } from '#lib/db/queries/audit'
import type { TenantDb } from '#lib/db/tenant'
import { type AuditQuery, EXPORT_MOST } from './contract'
import { csvFile } from './rules'
import { filterOf } from './views'

const HEAD = [
  ...['time', 'actor_id', 'actor', 'action', 'target_type', 'target_id', 'target', 'before', 'after'],
  ...['ip', 'request_id'],
]

function json(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value)
}

type Input = Readonly<{
  query: AuditQuery
  /** IANA, of the school. */
  timeZone: string
  actorId: string | null
  client: Readonly<{ ip: string; requestId: string | null }>
}>

/**
 * The newest entries that a filter finds, as a CSV file; that it was taken out is written into the log itself, in the
 * same transaction. Times are UTC.
 * @returns `complete` false when there are more than the EXPORT_MOST that it holds
 */
export async function exportAudit(
  db: TenantDb,
  input: Input,
): Promise<Readonly<{ csv: string; complete: boolean }>> {
  const { query, timeZone, actorId, client } = input
  const filter = filterOf(query, timeZone)
  const { rows, nextCursor } = await listAudit(db, { filter, cursor: null, limit: EXPORT_MOST })
  const asked = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
  const complete = nextCursor === null
  await recordAudit(db, {
    ...{ action: 'audit.export', actorId, targetType: 'AuditLog', targetId: null, client },
    after: { ...asked, rows: rows.length, complete },
  })
  const lines = rows.map((row) => [
    ...[row.createdAt.toISOString(), row.actorId, row.actorName, row.action],
    ...[row.targetType, row.targetId, row.targetName, json(row.before), json(row.after)],
    ...[row.ip, row.requestId],
  ])
  return { csv: csvFile([HEAD, ...lines]), complete }
}
