import type { ClientBase } from 'pg'

/** One sentence for each thing that is not as it has to be. */
export type Faults = string[]

/** Tables that belong to no school, with the reason. A new one is a decision that is made here. */
export const NO_SCHOOLS_TABLE = new Set(['_prisma_migrations']) // written by migrations alone

export const APP = 'smartlms_app'
export const PLATFORM = 'smartlms_platform'

/** Runs a question about the catalogue. */
export async function ask<Row extends object>(client: ClientBase, text: string): Promise<Row[]> {
  return (await client.query<Row>(text)).rows
}

/** What is there and not expected, and what is expected and not there. */
export function compare(what: string, found: readonly string[], expected: readonly string[]): Faults {
  return [
    ...found.filter((one) => !expected.includes(one)).map((one) => `${what}: ${one} is not expected`),
    ...expected.filter((one) => !found.includes(one)).map((one) => `${what}: ${one} is missing`),
  ]
}

/** All tables of schools, `Tenant` included. */
export async function schoolTables(client: ClientBase): Promise<string[]> {
  const found = await ask<{ name: string }>(
    client,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`,
  )
  return found.map((row) => row.name).filter((name) => !NO_SCHOOLS_TABLE.has(name))
}
