import type { ClientBase } from 'pg'
import { ask, type Faults } from './catalogue'

type Reference = {
  name: string
  parent: string
  columns: string[]
  parentColumns: string[]
  onDelete: string
  nulled: string[] | null
}

const names = (numbers: string, table: string): string =>
  `(SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(${numbers}) WITH ORDINALITY AS k(att, n)
    JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.att)`

const REFERENCES = `
  SELECT r.conrelid::regclass || '.' || r.conname AS name, p.relname AS parent, r.confdeltype AS "onDelete",
    ${names('r.conkey', 'r.conrelid')} AS columns, ${names('r.confkey', 'r.confrelid')} AS "parentColumns",
    ${names('r.confdelsetcols', 'r.conrelid')} AS nulled
  FROM pg_constraint r JOIN pg_class p ON p.oid = r.confrelid
  WHERE r.contype = 'f' AND r.connamespace = 'public'::regnamespace AND r.conparentid = 0`

function referenceFault(reference: Reference): string | null {
  const { parent, columns, parentColumns, onDelete, nulled } = reference
  if (parent === 'Tenant') {
    const plain = columns.join() === 'tenantId' && parentColumns.join() === 'id'
    return plain && onDelete === 'c' ? null : 'does not erase the row with its school'
  }
  if (columns.length < 2 || columns[0] !== 'tenantId' || parentColumns[0] !== 'tenantId') {
    return 'could link a row to one of another school: it does not begin with tenantId on both sides'
  }
  const sets = onDelete === 'n' || onDelete === 'd'
  if (sets && (nulled === null || nulled.includes('tenantId'))) return 'would take the tenantId out of a row'
  return null
}

/** Every reference between tables of schools carries the school; none takes it away. */
export async function referenceFaults(client: ClientBase): Promise<Faults> {
  const references = await ask<Reference>(client, REFERENCES)
  return references.flatMap((reference) => {
    const fault = referenceFault(reference)
    return fault === null ? [] : [`${reference.name} ${fault}`]
  })
}

/** The one name that is unique among all schools: it is their address. */
const GLOBAL = new Set(['Tenant_subdomain_key'])

const UNIQUES = `
  SELECT c.relname AS table, x.relname AS name, i.indisprimary AS primary,
    ${names('i.indkey::int[]', 'c.oid')} AS columns
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
  WHERE c.relnamespace = 'public'::regnamespace AND (i.indisunique OR i.indisexclusion) AND c.relname <> '_prisma_migrations'`

/** A unique key without the school in front would tell one school what another one has. */
export async function uniqueFaults(client: ClientBase): Promise<Faults> {
  const found = await ask<{ table: string; name: string; primary: boolean; columns: string[] | null }>(
    client,
    UNIQUES,
  )
  return found
    .filter(({ name, primary, columns }) => {
      if (GLOBAL.has(name)) return false
      return primary ? columns?.join() !== 'id' : columns?.[0] !== 'tenantId'
    })
    .map(({ table, name }) => `${table}.${name} is unique across schools`)
}
