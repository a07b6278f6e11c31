import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { findOutboxRow, markDelivered, tell } from '#lib/db/queries/outbox'
import { withRealm, withTenant } from '#lib/db/tenant'
import { addressOf, testDatabase } from '#tests/support/database'
import { makeOneOfEach, makeSchool } from '#tests/support/factories'
import { schoolTables } from './fingerprint'

const { owner, appUrl, platformUrl, ownerUrl } = await testDatabase()
const workerUrl = addressOf(new URL(ownerUrl).pathname.slice(1), 'test_worker')

const news = { kind: 'mail.test', payload: { userId: 'u1' } }

async function queued(): Promise<unknown[]> {
  const { rows } = await owner.query<{ payload: unknown }>(
    `SELECT payload FROM graphile_worker._private_jobs ORDER BY id`,
  )
  return rows.map((row) => row.payload)
}

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makeSchool(owner, 'south')
})

describe('the outbox', () => {
  test('puts a row on the queue by its ids alone, in the transaction of the change', async () => {
    const id = await withTenant('north', (db) => tell(db, news))
    expect(await queued()).toEqual([{ tenantId: 'north', outboxId: id }])
    expect(await withTenant('north', (db) => findOutboxRow(db, id))).toMatchObject({
      ...news,
      delivered: false,
    })
    expect(await withTenant('south', (db) => findOutboxRow(db, id))).toBeNull()
    await withTenant('north', (db) => markDelivered(db, id))
    expect(await withTenant('north', (db) => findOutboxRow(db, id))).toMatchObject({ delivered: true })
  })

  test('queues nothing when the change is undone', async () => {
    const before = await queued()
    const undone = withTenant('north', async (db) => {
      await tell(db, news)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await queued()).toEqual(before)
  })

  test('serves the platform’s own news', async () => {
    const id = await withRealm('platform', (db) => tell(db, news))
    expect(await queued()).toContainEqual({ tenantId: 'platform', outboxId: id })
  })
})

async function as(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

describe('the queue', () => {
  test.each([
    ['the app', appUrl],
    ['the platform', platformUrl],
  ])('%s can neither read nor fill it by itself', async (_name, url) => {
    for (const statement of [
      'SELECT * FROM graphile_worker._private_jobs',
      `SELECT graphile_worker.add_job('outbox', '{"tenantId":"south"}')`,
      'DELETE FROM graphile_worker._private_jobs',
    ]) {
      await expect(as(url, (client) => client.query(statement))).rejects.toThrow(/permission denied/)
    }
  })

  test('takes no row of another tenant, and none that isn’t there', async () => {
    const id = await withTenant('south', (db) => tell(db, news))
    for (const wanted of [id, 'nothing']) {
      const asked = as(appUrl, async (client) => {
        await client.query(`BEGIN; SELECT set_config('app.tenant_id', 'north', true)`)
        await client.query('SELECT smartlms_enqueue($1)', [wanted])
      })
      await expect(asked).rejects.toThrow(/no such row/)
    }
    await expect(as(appUrl, (client) => client.query('SELECT smartlms_enqueue($1)', [id]))).rejects.toThrow(
      /no such row/,
    )
  })
})

describe('the worker’s role', () => {
  test('owns the queue and reads no school’s table', async () => {
    await makeOneOfEach(owner, 'east')
    await as(workerUrl, async (client) => {
      expect((await client.query('SELECT FROM graphile_worker._private_jobs LIMIT 1')).rowCount).toBe(1)
      for (const table of [...(await schoolTables(owner)), 'Tenant', 'SchoolRequest']) {
        await expect(client.query(`SELECT FROM "${table}"`), table).rejects.toMatchObject({ code: '42501' })
      }
      await expect(client.query(`SELECT smartlms_enqueue('easto')`)).rejects.toMatchObject({ code: '42501' })
    })
  })

  test('removes what is of no use since a month, in every school, and nothing younger', async () => {
    for (const school of ['west', 'mid']) await makeOneOfEach(owner, school)
    const age = async (table: string, columns: string, days: number) => {
      const parts = columns.split(' ').map((name) => `"${name}" = now() - interval '${days} days'`)
      await owner.query(`UPDATE "${table}" SET ${parts.join()} WHERE "tenantId" = ANY ('{west,mid}')`)
    }
    const kept = async () => {
      const parts = ['Outbox', 'Session', 'Throttle', 'VerificationToken'].map(
        (table) =>
          `(SELECT count(*)::int FROM "${table}" WHERE "tenantId" = ANY ('{west,mid}')) AS "${table}"`,
      )
      return (await owner.query(`SELECT ${parts.join()}`)).rows[0] as unknown
    }
    const tidy = () =>
      as(
        workerUrl,
        async (client) => (await client.query('SELECT * FROM smartlms_tidy()')).rows[0] as unknown,
      )
    const all = { Outbox: 2, Session: 2, Throttle: 2, VerificationToken: 2 }
    for (const days of [29, 31]) {
      expect(await kept()).toEqual(all)
      await age('Outbox', 'deliveredAt', days)
      await age('Throttle', 'lastAt', days)
      await age('VerificationToken', 'expiresAt', days)
      await owner.query(`UPDATE "Session" SET "createdAt" = now() - interval '90 days'`)
      await age('Session', 'expiresAt', days)
      const number = days > 30 ? 2 : 0
      expect(await tidy()).toEqual({
        news: number,
        tokens: number,
        sessions: number,
        throttles: number,
        requests: 0,
        notices: 0,
      })
    }
    expect(await kept()).toEqual({ Outbox: 0, Session: 0, Throttle: 0, VerificationToken: 0 })
  })

  test('removes notices that are older than a year, and no others', async () => {
    await makeOneOfEach(owner, 'old')
    const tidied = async (days: number) => {
      await owner.query(
        `UPDATE "Notification" SET "createdAt" = now() - $1::int * interval '1 day' WHERE "tenantId" = 'old'`,
        [days],
      )
      await as(workerUrl, (client) => client.query('SELECT * FROM smartlms_tidy()'))
      return (await owner.query(`SELECT FROM "Notification" WHERE "tenantId" = 'old'`)).rowCount
    }
    expect(await tidied(364)).toBe(1)
    expect(await tidied(367)).toBe(0)
  })

  test('never removes news that were not told yet', async () => {
    await owner.query(
      `UPDATE "Outbox" SET "createdAt" = now() - interval '1 year', "deliveredAt" = NULL WHERE id = 'easto'`,
    )
    await as(workerUrl, (client) => client.query('SELECT * FROM smartlms_tidy()'))
    expect((await owner.query(`SELECT FROM "Outbox" WHERE id = 'easto'`)).rowCount).toBe(1)
  })
})
