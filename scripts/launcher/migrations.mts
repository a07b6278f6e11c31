import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Client } from 'pg'
import { field } from './failure.mts'
import { ROOT } from './paths.mts'

export type MigrationState = Readonly<{
  /** Not applied yet, oldest first. */
  pending: readonly string[]
  /** Begun and never finished, because the process was killed. */
  interrupted: readonly string[]
  /** Begun and never finished, because its SQL failed. */
  failed: readonly string[]
  /** Applied, and edited since. */
  edited: readonly string[]
  /** Fingerprint of the last seed; undefined when there was none since the tables were made. */
  seeded: string | undefined
}>

type Row = { name: string; checksum: string; finished: boolean; failed: boolean }

const APPLIED = `
  SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished, coalesce(logs, '') <> '' AS failed
  FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`

const MARK = 'smartlms seed '

/** Compares the folder of migrations with what the database says of itself. One question, where Prisma's CLI takes a second. */
export async function migrationState(client: Client): Promise<MigrationState> {
  const rows = await appliedRows(client)
  const local = localMigrations()
  const finished = new Map(rows.filter((row) => row.finished).map((row) => [row.name, row.checksum]))
  const unfinished = rows.filter((row) => !row.finished && !finished.has(row.name))
  const names = (of: readonly Row[]): string[] => [...new Set(of.map((row) => row.name))]
  return {
    pending: local.filter(({ name }) => !finished.has(name)).map(({ name }) => name),
    interrupted: names(unfinished.filter((row) => !row.failed)),
    failed: names(unfinished.filter((row) => row.failed)),
    edited: local
      .filter(({ name, checksum }) => (finished.get(name) ?? checksum) !== checksum)
      .map(({ name }) => name),
    seeded: rows.length === 0 ? undefined : await seedMark(client),
  }
}

async function appliedRows(client: Client): Promise<Row[]> {
  try {
    return (await client.query<Row>(APPLIED)).rows
  } catch (error) {
    if (field(error, 'code') === '42P01') return []
    throw error
  }
}

function localMigrations(): { name: string; checksum: string }[] {
  const folder = path.join(ROOT, 'prisma', 'migrations')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map((name) => ({ name, file: path.join(folder, name, 'migration.sql') }))
    .filter(({ file }) => existsSync(file))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, file }) => ({
      name,
      checksum: createHash('sha256').update(readFileSync(file)).digest('hex'),
    }))
}

/**
 * The mark is a comment on Prisma's own table: it disappears with the tables when somebody resets the database by
 * whatever means, and is no drift.
 */
async function seedMark(client: Client): Promise<string | undefined> {
  const result = await client.query<{ mark: string | null }>(
    `SELECT obj_description('_prisma_migrations'::regclass, 'pg_class') AS mark`,
  )
  const mark = result.rows[0]?.mark ?? ''
  return mark.startsWith(MARK) ? mark.slice(MARK.length) : undefined
}

/**
 * Notes what was seeded. Where the table belongs to somebody else it stays unnoted, and the next start seeds again,
 * which changes nothing.
 *
 * @param fingerprint hex digits of what was seeded from
 */
export async function markSeeded(client: Client, fingerprint: string): Promise<void> {
  const mark = `${MARK}${fingerprint.replace(/[^0-9a-f]/g, '')}`
  try {
    await client.query(`COMMENT ON TABLE _prisma_migrations IS '${mark}'`)
  } catch (error) {
    if (field(error, 'code') !== '42501') throw error
  }
}
