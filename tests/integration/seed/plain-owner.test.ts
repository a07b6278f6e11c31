import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { addressOf, execute } from '#tests/support/database'
import { migrateQueue } from '#scripts/launcher/queue'
import { migrate, seed } from './run-seed'

// Forced row-level security binds an owner who is no superuser: without a policy of its own such an owner would
// insert nothing, or fail, where a superuser on a developer's machine sees no difference.

const NAME = 'seed_plain_owner'
const maintenance = addressOf('postgres')
const url = addressOf(NAME, NAME)
const storage = mkdtempSync(join(tmpdir(), 'seed-store-'))

afterAll(async () => {
  vi.unstubAllEnvs()
  rmSync(storage, { recursive: true, force: true })
  await execute(maintenance, `DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`, `DROP ROLE IF EXISTS ${NAME}`)
})

interface Counts {
  Tenant: number
  LessonProgress: number
}

async function counts(): Promise<Counts> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const tables = ['Tenant', 'User', 'LessonProgress', 'ExamAnswer', 'Notification'].map(
    (table) => `(select count(*)::int from "${table}") as "${table}"`,
  )
  const { rows } = await client.query<Counts>(`select ${tables.join(', ')}`)
  await client.end()
  const [row] = rows
  if (row === undefined) throw new Error('A select of counts gives a row.')
  return row
}

async function workerSeesTheQueue(): Promise<boolean> {
  const client = new pg.Client({ connectionString: addressOf(NAME, 'test_worker') })
  await client.connect()
  try {
    await client.query(`SELECT graphile_worker.add_job('outbox', '{}')`)
    return (await client.query('SELECT FROM graphile_worker._private_jobs')).rowCount === 1
  } finally {
    await client.end()
  }
}

test('a plain owner migrates and seeds, twice with the same counts, benchmark rows included', async () => {
  await execute(
    maintenance,
    `CREATE ROLE ${NAME} LOGIN PASSWORD '${NAME}' NOSUPERUSER NOBYPASSRLS CREATEROLE CREATEDB`,
    `CREATE DATABASE ${NAME} OWNER ${NAME}`,
  )
  vi.stubEnv('DATABASE_URL', url)
  vi.stubEnv('STORAGE_DIR', storage)
  expect(await migrate()).toMatchObject({ code: 0 })
  // The cluster's roles are another user's here, so the queue stays with this one; the worker gets at it all the same.
  await migrateQueue(url)
  await migrateQueue(url)
  expect(await workerSeesTheQueue()).toBe(true)
  expect(await seed('--scale', '1x')).toMatchObject({ code: 0 })
  const once = await counts()
  // The demo world, a school of a hundred rows and one of twenty thousand, references checked.
  expect(once.Tenant).toBe(6)
  expect(once.LessonProgress).toBeGreaterThan(18_500)
  expect(await seed('--scale=1')).toMatchObject({ code: 0 })
  expect(await counts()).toEqual(once)
}, 120_000)
