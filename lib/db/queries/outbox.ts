import 'server-only'
import { affected, firstRow, type TenantDb } from '../handle'
import { sql } from '../sql'
import { oneRow } from './changes'

/**
 * What a transaction wants told to the world: the row and its place in the queue are kept if and only if the change
 * is. The payload holds ids, never personal data; the worker reads the rest in a unit of work of its own.
 */

type News = Readonly<{
  /** Its handler's name: 'mail.reset-password'. */
  kind: string
  payload: Readonly<Record<string, string | number | boolean>>
  /** Not before; at once when left out. */
  runAt?: Date
}>

/** Puts news into the outbox and on the queue, in the caller's transaction. @returns the row's id */
export async function tell(db: TenantDb, { kind, payload, runAt }: News): Promise<string> {
  const row = await oneRow<{ id: string }>(
    db,
    sql`with told as (
        insert into "Outbox" ("tenantId", kind, payload) values (${db.tenantId}, ${kind}, ${JSON.stringify(payload)}::jsonb)
        returning id)
      select t.id, smartlms_enqueue(t.id, coalesce(${runAt ?? null}::timestamptz, now())) from told t`,
    'news',
  )
  return row.id
}

export type OutboxRow = {
  id: string
  kind: string
  payload: unknown
  delivered: boolean
  createdAt: Date
  /** Its school is suspended or closed. The platform itself never is: a constraint sees to it. */
  closed: boolean
}

/** What is to be told; null when it isn't there (any more). */
export async function findOutboxRow(db: TenantDb, id: string): Promise<OutboxRow | null> {
  return firstRow<OutboxRow>(
    db,
    sql`select o.id, o.kind, o.payload, o."deliveredAt" is not null as delivered, o."createdAt",
        t.status <> 'ACTIVE' as closed
      from "Outbox" o join "Tenant" t on t.id = o."tenantId"
      where o."tenantId" = ${db.tenantId} and o.id = ${id}`,
  )
}

/** Notes that it was told. Doing it again changes nothing. */
export async function markDelivered(db: TenantDb, id: string): Promise<void> {
  await affected(
    db,
    sql`update "Outbox" set "deliveredAt" = now() where "tenantId" = ${db.tenantId} and id = ${id} and "deliveredAt" is null`,
  )
}
