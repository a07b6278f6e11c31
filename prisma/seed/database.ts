import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client, DatabaseError } from 'pg'
import { z } from 'zod'
import { after, DAY, type Anchor } from './clock'
import { SeedRefusal } from './options'
import { TABLES } from './rows'
import { SCHOOL_AGE_DAYS, schoolOf } from './schools'

const savedUrl = z.object({ databaseUrl: z.string().min(1) })

/**
 * Where to connect as the owner of the tables: the given address, or that of the local database which the launcher
 * left in `.data/database.json`. Throws SeedRefusal when there is neither.
 */
export function databaseUrl(given: string | undefined): string {
  if (given !== undefined && given !== '') return given
  try {
    const text = readFileSync(join(__dirname, '..', '..', '.data', 'database.json'), 'utf8')
    return savedUrl.parse(JSON.parse(text)).databaseUrl
  } catch {
    throw new SeedRefusal(
      'There is no database to seed: set DATABASE_URL, or start the local one once with "npm run dev".',
    )
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  '42P01': 'The database has no tables yet: run "npx prisma migrate deploy" first.',
  '42501': 'This database user may not write to the tables: the seed connects as their owner (DATABASE_URL).',
  '3D000': 'The database named in DATABASE_URL does not exist.',
  '28P01': 'The database refused the user or password in DATABASE_URL.',
  '28000': 'The database refused the user or password in DATABASE_URL.',
  '53100': 'The disk of the database is full.',
}

/** One sentence for what went wrong in or on the way to the database; null when it is none of the usual things. */
export function databaseSentence(error: unknown): string | null {
  if (error instanceof DatabaseError) return SENTENCES[error.code ?? ''] ?? null
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ENOENT', 'EHOSTUNREACH'].includes(code)) {
    return `The database in DATABASE_URL can’t be reached (${code}).`
  }
  return code === 'ERR_INVALID_URL'
    ? 'DATABASE_URL is not an address of the form postgresql://user:password@host/name.'
    : null
}

/** Runs work on a connection of its own and closes it, whatever happens. */
export async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'smartlms-seed',
  })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Runs work in one transaction, which only one seed at a time may be in. */
export async function transaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    await client.query(`select pg_advisory_xact_lock(hashtext('smartlms seed'))`)
    await client.query('set local synchronous_commit = off')
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** The day on which a demo world that is there already stands; null when there is none. */
export async function standingAnchor(client: Client): Promise<Anchor | null> {
  const { rows } = await client.query<{ createdAt: Date }>('select "createdAt" from "Tenant" where id = $1', [
    schoolOf('acme').id,
  ])
  const opened = rows[0]?.createdAt
  return opened === undefined ? null : after(opened, SCHOOL_AGE_DAYS * DAY)
}

/** Tells the planner how many rows there are now, instead of when autovacuum next comes by. */
export async function analyze(client: Client): Promise<void> {
  const tallies = ['LessonTally', 'LearnerTally', 'PersonTally', 'SchoolActivity']
  await client.query(`analyze ${[...TABLES, ...tallies].map((table) => `"${table}"`).join(', ')}`)
}
