import { existsSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Server, startEmbedded, startServer } from '#scripts/launcher/embedded'
import { execute } from '#tests/support/database'
import { makeOneOfEach } from '#tests/support/factories'
import { migrateQueue } from '#scripts/launcher/queue'
import { prismaCli } from '#tests/support/prisma-cli'
import { fingerprint, schoolTables } from './fingerprint'
import { wallFaults } from './walls/faults'

/** Debian's PostgreSQL, the oldest that is supported. It is not on every machine. */
const OLDEST = '/usr/lib/postgresql/15/bin'

const OWNERS = {
  'a superuser': 'SUPERUSER',
  'a plain owner': 'NOSUPERUSER NOBYPASSRLS CREATEROLE CREATEDB',
} as const

const SERVERS: readonly (readonly [string, () => Promise<Server>])[] = [
  ['the embedded PostgreSQL', () => startEmbedded()],
  ...(existsSync(`${OLDEST}/postgres`)
    ? [['PostgreSQL 15', () => startServer({ binDir: OLDEST })] as const]
    : []),
]

const CASES = SERVERS.flatMap(([name, start]) =>
  Object.entries(OWNERS).map(([owner, rights]) => ({ name, owner, rights, start })),
)

describe.each(CASES)('on $name, from empty, as $owner', ({ rights, start }) => {
  let server: Server
  let pool: pg.Pool

  const urlOf = (database: string): string => {
    const url = new URL(server.url)
    url.pathname = `/${database}`
    url.username = 'migrator'
    url.password = 'migrator'
    return url.href
  }

  beforeAll(async () => {
    server = await start()
    await execute(
      server.url,
      `CREATE ROLE migrator LOGIN PASSWORD 'migrator' ${rights}`,
      'CREATE DATABASE one OWNER migrator',
      'CREATE DATABASE two OWNER migrator',
    )
    pool = new pg.Pool({ connectionString: urlOf('one'), max: 2 })
  })
  afterAll(async () => {
    await pool.end()
    await server.stop()
  })

  test('two databases of one cluster can be migrated at the same moment, and both have all walls', async () => {
    await Promise.all(['one', 'two'].map((database) => prismaCli(urlOf(database), 'migrate', 'deploy')))
    for (const database of ['one', 'two']) {
      const client = new pg.Client({ connectionString: urlOf(database) })
      await client.connect()
      try {
        expect([database, await wallFaults(client)]).toEqual([database, []])
      } finally {
        await client.end()
      }
    }
  })

  test('the migrations give what the schema says: no drift, and a second deploy does nothing', async () => {
    const against = ['--from-config-datasource', '--to-schema', 'prisma/schema.prisma', '--exit-code']
    expect(await prismaCli(urlOf('one'), 'migrate', 'diff', ...against)).toContain('No difference detected')
    expect(await prismaCli(urlOf('one'), 'migrate', 'deploy')).toContain('No pending migrations')
  })

  test('the queue’s own tables belong to the worker’s role, and the outbox leads into them', async () => {
    await Promise.all([migrateQueue(urlOf('one')), migrateQueue(urlOf('one'))])
    await migrateQueue(urlOf('one'))
    await pool.query(`INSERT INTO "Tenant" (id, name, subdomain) VALUES ('queued', 'Queued', 'queued')`)
    await pool.query(
      `INSERT INTO "Outbox" (id, "tenantId", kind, payload) VALUES ('o1', 'queued', 'mail.test', '{}')`,
    )
    const client = await pool.connect()
    try {
      await client.query(`BEGIN; SET LOCAL ROLE smartlms_app; SET LOCAL app.tenant_id = 'queued'`)
      await client.query(`SELECT smartlms_enqueue('o1')`)
      await client.query('COMMIT')
    } finally {
      client.release()
    }
    const worker = await pool.connect()
    try {
      await worker.query('BEGIN; SET LOCAL ROLE smartlms_worker')
      const jobs = await worker.query(`SELECT payload FROM graphile_worker._private_jobs`)
      expect(jobs.rows).toEqual([{ payload: { tenantId: 'queued', outboxId: 'o1' } }])
      await worker.query('ROLLBACK')
    } finally {
      worker.release()
    }
    await pool.query(`DELETE FROM "Tenant" WHERE id = 'queued'`)
  })

  test('the owner’s back-fill reaches every row, although row-level security is forced on it', async () => {
    await makeOneOfEach(pool, 'north')
    await makeOneOfEach(pool, 'south')
    for (const table of await schoolTables(pool)) {
      const touched = await pool.query<{ tenantId: string }>(
        `UPDATE "${table}" SET id = id RETURNING "tenantId"`,
      )
      const schools = [...new Set(touched.rows.map((row) => row.tenantId))].sort()
      expect([table, schools]).toEqual([table, ['north', 'south']])
    }
    expect((await pool.query(`UPDATE "Course" SET description = 'Back-filled'`)).rowCount).toBe(2)
  })

  test('deleting a course takes the course out of a chat and leaves the chat in its school', async () => {
    await pool.query(`DELETE FROM "Course" WHERE id = 'northc'`)
    const chat = await pool.query(
      `SELECT "tenantId", "userId", "courseId", "lessonId" FROM "AIChat" WHERE id = 'northi'`,
    )
    expect(chat.rows).toEqual([{ tenantId: 'north', userId: 'norths0', courseId: null, lessonId: null }])
  })

  test('erasing a school erases all of it and nothing else', async () => {
    const [south, platform] = [await fingerprint(pool, 'south'), await fingerprint(pool, 'platform')]
    await pool.query(`DELETE FROM "Tenant" WHERE id = 'north'`)
    for (const table of await schoolTables(pool)) {
      expect([
        table,
        (await pool.query(`SELECT FROM "${table}" WHERE "tenantId" = 'north'`)).rowCount,
      ]).toEqual([table, 0])
    }
    expect(await fingerprint(pool, 'south')).toBe(south)
    expect(await fingerprint(pool, 'platform')).toBe(platform)
  })
})
