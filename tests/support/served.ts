import { readFileSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, inject } from 'vitest'

/** What tests see of the served product besides its answers: its tables and its log. */

let pool: pg.Pool | undefined

/** Connections of the superuser, who sees every school; closed at the end of the file. */
export function owner(): pg.Pool {
  if (pool === undefined) {
    const opened = new pg.Pool({ connectionString: inject('served').ownerUrl, max: 2 })
    opened.on('error', () => undefined)
    afterAll(() => opened.end())
    pool = opened
  }
  return pool
}

/** One text over every version of every row of every table: equal before and after means that nothing was written. */
export async function contentOfTables(): Promise<string> {
  const tables = await owner().query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  const parts = tables.rows.map(
    ({ name }) =>
      `select '${name}' as name, count(*)::text || coalesce(sum(hashtextextended(t.ctid::text || t.xmin::text, 0)), 0)::text as sum from "${name}" t`,
  )
  const { rows } = await owner().query<{ name: string; sum: string }>(parts.join(' union all '))
  return rows.map(({ name, sum }) => `${name} ${sum}`).join('\n')
}

export type LogLine = Readonly<Record<string, unknown>>

/** How long the log is now, in bytes: where to read on from. */
export function logSize(): number {
  return statSync(inject('served').logFile).size
}

/** Text of the log from a place on. */
export function logText(from = 0): string {
  return readFileSync(inject('served').logFile).subarray(from).toString('utf8')
}

function parse(line: string): LogLine[] {
  if (!line.startsWith('{')) return []
  const value: unknown = JSON.parse(line)
  return typeof value === 'object' && value !== null ? [Object.fromEntries(Object.entries(value))] : []
}

/** The JSON lines of the log from a place on. */
export function logLines(from = 0): LogLine[] {
  return logText(from).split('\n').flatMap(parse)
}

/** The line that a request left, found by the id that its answer carried. It is written when the answer is through. */
export async function logLineOf(id: string | undefined, from = 0): Promise<LogLine> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const line = logLines(from).find((entry) => entry['id'] === id && 'status' in entry)
    if (line !== undefined) return line
    await sleep(20)
  }
  throw new Error(`The log has no line of request ${String(id)}.`)
}
