import type { Client } from 'pg'
import { TABLES, type Table } from './rows'

/** Rows of every table that the seed fills, the platform's own among them. */
export async function countRows(client: Client): Promise<Map<Table, number>> {
  const parts = TABLES.map((table) => `(select count(*) from "${table}")::text as "${table}"`)
  const { rows } = await client.query<Record<Table, string>>(`select ${parts.join(', ')}`)
  return new Map(TABLES.map((table) => [table, Number(rows[0]?.[table] ?? 0)]))
}

/** A table for people: rows before and now, and what was added. */
export function reportOf(before: ReadonlyMap<Table, number>, now: ReadonlyMap<Table, number>): string {
  const lines = TABLES.map((table) => {
    const count = now.get(table) ?? 0
    const added = count - (before.get(table) ?? 0)
    return `  ${table.padEnd(16)}${count.toLocaleString('en').padStart(12)}${added === 0 ? '' : `  +${added.toLocaleString('en')}`}`
  })
  return lines.join('\n')
}
