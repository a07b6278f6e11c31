import type { ClientBase } from 'pg'
import { ask, type Faults, NO_SCHOOLS_TABLE } from './catalogue'

type Table = {
  name: string
  enabled: boolean
  forced: boolean
  tenantRequired: boolean | null
  uniqueByTenant: boolean
  defaultId: boolean
}

const TABLES = `
  SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
    (SELECT a.attnotnull FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenantId' AND NOT a.attisdropped) AS "tenantRequired",
    EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL
      AND (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(i.indkey::int[]) WITH ORDINALITY AS k(att, n)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.att) = ARRAY['tenantId', 'id']) AS "uniqueByTenant",
    EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'default_id' AND t.tgenabled = 'O'
      AND pg_get_triggerdef(t.oid) LIKE '%BEFORE INSERT%FOR EACH ROW WHEN ((new.id IS NULL)) EXECUTE FUNCTION smartlms_default_id()') AS "defaultId"
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`

/** Every table has the row-level security, the tenant and the keys that the walls are made of. */
export async function tableFaults(client: ClientBase): Promise<Faults> {
  const tables = (await ask<Table>(client, TABLES)).filter(({ name }) => !NO_SCHOOLS_TABLE.has(name))
  return tables.flatMap((table) => {
    const isSchool = table.name === 'Tenant'
    return [
      table.enabled ? '' : 'has no row-level security',
      table.forced ? '' : 'does not force row-level security on its owner',
      isSchool || table.tenantRequired === true ? '' : 'has no tenantId that is NOT NULL',
      isSchool || table.uniqueByTenant ? '' : 'is not unique by ("tenantId", id)',
      table.defaultId ? '' : 'makes no id by itself (trigger default_id)',
    ]
      .filter((fault) => fault !== '')
      .map((fault) => `${table.name} ${fault}`)
  })
}

/** Views run as their owner, who sees every school; instants without a zone mean something else on each server. */
export async function columnFaults(client: ClientBase): Promise<Faults> {
  const views = await ask<{ name: string }>(
    client,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'f')`,
  )
  const zoneless = await ask<{ name: string; column: string }>(
    client,
    `SELECT c.relname AS name, a.attname AS column FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
       AND format_type(a.atttypid, a.atttypmod) ~ '^timestamp' AND format_type(a.atttypid, a.atttypmod) <> 'timestamp(3) with time zone'`,
  )
  return [
    ...views.map(({ name }) => `${name} is a view: it would show every school to whoever may read it`),
    ...zoneless.map(({ name, column }) => `${name}.${column} is not timestamptz(3)`),
  ]
}
