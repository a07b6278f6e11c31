import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { findOutboxRow, markDelivered, tell } from '#lib/db/queries/outbox'
import { withRealm, withTenant } from '#lib/db/tenant'
import { makeSchool } from '#tests/support/factories'
import { testDatabase } from '#tests/support/database'

const { owner, appUrl, platformUrl } = await testDatabase()

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

describe('the queue', () => {
  async function as(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<unknown> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }

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
