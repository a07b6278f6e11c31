import type { Client } from 'pg'
import { TABLES, type Table } from './rows'

/** Rows of every table that the seed fills, the platform's own among them. */
export async function countRows(client: Client): Promise<Map<Table, number>> {
  const parts = TABLES.map((table) => `(select count(*) from "${table}")::text as "${table}"`)
  const { rows } = await client.query<Record<Table, string>>(`select ${parts.join(', ')}`)
  return new Map(TABLES.map((table) => [table, Number(rows[0]?.[table] ?? 0)]))
}

/** A table for people: the rows there are, and how many of them are new. */
export function reportOf(counts: ReadonlyMap<Table, number>, added: ReadonlyMap<Table, number>): string {
  const lines = TABLES.map((table) => {
    const more = added.get(table) ?? 0
    const count = (counts.get(table) ?? 0).toLocaleString('en')
    return `  ${table.padEnd(16)}${count.padStart(12)}${more === 0 ? '' : `  +${more.toLocaleString('en')}`}`
  })
  return lines.join('\n')
}
