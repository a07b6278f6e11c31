import type { Pool } from 'pg'

/** Tables of schools, from the catalogue, so that a new one is among them by itself. */
async function tenantTables(owner: Pool): Promise<string[]> {
  const found = await owner.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenantId'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1`,
  )
  return found.rows.map((row) => row.name)
}

/** Those of them that a school has rows in; requests for new schools are the platform's alone. */
export async function schoolTables(owner: Pool): Promise<string[]> {
  return (await tenantTables(owner)).filter((name) => name !== 'SchoolRequest')
}

/** Everything a school has, as one digest: unchanged if and only if not one value of it changed. */
export async function fingerprint(owner: Pool, tenantId: string): Promise<string> {
  const tables = await tenantTables(owner)
  const parts = [
    `SELECT md5(t::text) AS digest, 'Tenant' AS name FROM "Tenant" t WHERE id = $1`,
    ...tables.map(
      (name) =>
        `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')), '${name}' FROM "${name}" t WHERE "tenantId" = $1`,
    ),
  ]
  const found = await owner.query<{ digest: string }>(
    `SELECT md5(string_agg(digest, ',' ORDER BY name)) AS digest FROM (${parts.join(' UNION ALL ')}) all_tables`,
    [tenantId],
  )
  return found.rows[0]?.digest ?? ''
}
