import { beforeAll, describe, expect, test } from 'vitest'
import { affected, firstRow, orm, rows, type TenantDb } from '#lib/db/handle'
import { prisma } from '#lib/db/prisma'
import { sql } from '#lib/db/sql'
import { readTenant, withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'

const { owner } = await testDatabase({ DATABASE_POOL_SIZE: '2' })
const badge = (db: TenantDb, id: string) =>
  affected(
    db,
    sql`insert into "Badge" (id, "tenantId", "userId", type, about) values (${id}, ${db.tenantId}, ${`${db.tenantId}s0`}, 'EARLY_BIRD', ${id})`,
  )
const stored = async () =>
  (await owner.query<{ id: string }>('SELECT id FROM "Badge" ORDER BY id')).rows.map((row) => row.id)
const processId = async (db: TenantDb) =>
  (await firstRow<{ pid: number }>(db, sql`select pg_backend_pid() as pid`))?.pid ?? 0

beforeAll(async () => {
  for (const school of ['north', 'south']) {
    await makeSchool(owner, school)
    await makePeople(owner, school, `${school}s`)
  }
})

describe('a unit of work', () => {
  test('commits everything together, or nothing', async () => {
    await withTenant('north', async (db) => {
      await badge(db, 'a1')
      await badge(db, 'a2')
    })
    const broken = withTenant('north', async (db) => {
      await badge(db, 'a3')
      throw new Error('changed my mind')
    })
    await expect(broken).rejects.toThrow('changed my mind')
    expect(await stored()).toEqual(['a1', 'a2'])
  })

  test('shares its transaction with Prisma: both see each other’s rows, and one rollback undoes both', async () => {
    const broken = withTenant('north', async (db) => {
      await badge(db, 'b1')
      const client = await orm(db)
      expect(await client.badge.count({ where: { tenantId: db.tenantId, id: 'b1' } })).toBe(1)
      await client.badge.create({
        data: { id: 'b2', tenantId: db.tenantId, userId: 'norths0', type: 'EARLY_BIRD', about: 'b2' },
      })
      expect(
        await rows(db, sql`select id from "Badge" where "tenantId" = ${db.tenantId} and id = 'b2'`),
      ).toHaveLength(1)
      throw new Error('undo')
    })
    await expect(broken).rejects.toThrow('undo')
    expect(await stored()).not.toContain('b1')
    expect(await stored()).not.toContain('b2')
    await withTenant('north', async (db) => {
      await (
        await orm(db)
      ).badge.create({
        data: { id: 'b3', tenantId: db.tenantId, userId: 'norths0', type: 'EARLY_BIRD', about: 'b3' },
      })
    })
    expect(await stored()).toContain('b3')
  })

  test('can’t commit after a failed statement whose error was swallowed', async () => {
    const swallowed = withTenant('north', async (db) => {
      await badge(db, 'c1')
      await badge(db, 'c1').catch(() => undefined)
    })
    await expect(swallowed).rejects.toMatchObject({ code: 'unexpected' })
    expect(await stored()).not.toContain('c1')
  })

  test('inside another one throws at once, and the outer one goes on', async () => {
    const begun = performance.now()
    await withTenant('north', async (db) => {
      await expect(withTenant('north', badgeNever)).rejects.toThrow('inside another')
      await expect(withTenant('south', badgeNever)).rejects.toThrow('inside another')
      await badge(db, 'd1')
    })
    expect(performance.now() - begun).toBeLessThan(1_500)
    expect(await stored()).toContain('d1')
    expect(await stored()).not.toContain('never')
  })

  const badgeNever = (db: TenantDb) => badge(db, 'never')

  test('leaves a handle behind that is good for nothing', async () => {
    const kept = await withTenant('north', (db) => Promise.resolve(db))
    const client = await withTenant('north', (db) => orm(db))
    await expect(rows(kept, sql`select 1`)).rejects.toThrow('after its unit of work')
    expect(() => orm(kept)).toThrow('after its unit of work')
    await expect(client.badge.count({ where: { tenantId: 'north' } })).rejects.toThrow()
  })

  test('is confined to its school by the database, whatever the statement says', async () => {
    await withTenant('south', async (db) => {
      expect(await rows(db, sql`select id from "User"`)).toEqual([{ id: 'souths0' }])
      const client = await orm(db)
      expect(await client.user.findMany({ select: { id: true } })).toEqual([{ id: 'souths0' }])
      expect(await client.user.findUnique({ where: { id: 'norths0' } })).toBeNull()
    })
    const forged = withTenant('south', (db) =>
      affected(
        db,
        sql`insert into "Badge" (id, "tenantId", "userId", type, about) values ('e1', 'north', 'norths0', 'EARLY_BIRD', 'e1')`,
      ),
    )
    await expect(forged).rejects.toThrow('row-level security')
  })

  test('needs the id of a school and nothing else', async () => {
    for (const id of [
      '',
      `north'; drop table "User"; --`,
      'NORTH',
      'platform',
      'a'.repeat(41),
      'nörth',
      'north\u0000',
    ]) {
      await expect(
        withTenant(id, () => Promise.resolve(1)),
        id,
      ).rejects.toThrow('id of a school')
    }
    expect(await withTenant('nowhere', (db) => rows(db, sql`select id from "User"`))).toEqual([])
  })

  test('carries nothing over to the next one on the same connection', async () => {
    for (const school of ['north', 'south', 'north']) {
      const found = await withTenant(school, (db) => rows<{ id: string }>(db, sql`select id from "User"`))
      expect(found.map((row) => row.id)).toEqual([`${school}s0`])
    }
  })
})

describe('a unit of work that reads', () => {
  test('sees its school alone, and gives the connection back clean', async () => {
    for (const school of ['north', 'south', 'north', 'south']) {
      const found = await readTenant(school, (db) => rows<{ id: string }>(db, sql`select id from "User"`))
      expect(found.map((row) => row.id)).toEqual([`${school}s0`])
    }
    const bare = await withTenant('north', (db) =>
      firstRow<{ mode: string }>(db, sql`select current_setting('transaction_read_only') as mode`),
    )
    expect(bare).toEqual({ mode: 'off' })
  })

  test('can’t write, by SQL or by Prisma, nor lock', async () => {
    await expect(readTenant('north', (db) => badge(db, 'r1'))).rejects.toThrow('read-only transaction')
    const byPrisma = readTenant('north', async (db) =>
      (await orm(db)).badge.create({
        data: { id: 'r2', tenantId: db.tenantId, userId: 'norths0', type: 'EARLY_BIRD', about: 'r2' },
      }),
    )
    await expect(byPrisma).rejects.toThrow()
    const locking = readTenant('north', (db) =>
      rows(db, sql`select id from "User" where "tenantId" = ${db.tenantId} for update`),
    )
    await expect(locking).rejects.toThrow('read-only transaction')
    expect(await stored()).not.toContain('r1')
    expect(await stored()).not.toContain('r2')
  })

  test('gives nothing when a statement failed, even if somebody swallowed the error', async () => {
    const swallowed = readTenant('north', async (db) => {
      await rows(db, sql`select 1 / 0`).catch(() => undefined)
      return 'looks fine'
    })
    await expect(swallowed).rejects.toMatchObject({ code: 'unexpected' })
    expect(await readTenant('north', (db) => rows(db, sql`select 1 as one`))).toEqual([{ one: 1 }])
  })

  test('needs no more connections than the pool has, however many come at once', async () => {
    const found = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        readTenant(n % 2 === 0 ? 'north' : 'south', (db) =>
          rows<{ id: string }>(db, sql`select id from "User"`),
        ),
      ),
    )
    expect(found.map(([row]) => row?.id)).toEqual(
      Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? 'norths0' : 'souths0')),
    )
    const { rows: used } = await owner.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where application_name = 'smartlms' and datname = current_database()`,
    )
    expect(used[0]?.count).toBeLessThanOrEqual(2)
  })
})

describe('Prisma', () => {
  test('refuses to run outside of a unit of work', async () => {
    await expect(prisma().user.findMany()).rejects.toThrow('outside withTenant')
    await expect(prisma().$queryRaw`select 1`).rejects.toThrow('outside withTenant')
  })

  test('refuses an undefined value in a filter; the sql tag does too', async () => {
    const forgotten: Record<string, string> = {}
    const read = withTenant('north', async (db) => {
      const where = Object.assign({ tenantId: db.tenantId }, { id: forgotten['id'] })
      return (await orm(db)).user.findMany({ where: { ...where, id: where.id as string } })
    })
    await expect(read).rejects.toThrow('undefined')
    expect(() => sql`select 1 where id = ${forgotten['id']}`).toThrow('undefined')
  })

  test('tells a unique and a broken reference as conflicts', async () => {
    const data = { id: 'f1', tenantId: 'north', userId: 'norths0', type: 'EARLY_BIRD', about: 'b' } as const
    await withTenant('north', async (db) => (await orm(db)).badge.create({ data }))
    const again = withTenant('north', async (db) => (await orm(db)).badge.create({ data }))
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
    const nobody = { ...data, id: 'f2', userId: 'souths0' }
    const broken = withTenant('north', async (db) => (await orm(db)).badge.create({ data: nobody }))
    await expect(broken).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('when the database fails', () => {
  test('a connection that is cut between two statements ends the unit, not the process; the pool recovers', async () => {
    const cut = withTenant('north', async (db) => {
      await badge(db, 'g1')
      await owner.query('SELECT pg_terminate_backend($1)', [await processId(db)])
      await new Promise((resolve) => setTimeout(resolve, 100))
      await badge(db, 'g2')
    })
    await expect(cut).rejects.toMatchObject({ code: 'unavailable' })
    expect(await stored()).not.toContain('g1')
    await withTenant('north', (db) => badge(db, 'g3'))
    expect(await stored()).toContain('g3')
  })

  test('one that is cut during a statement does, too, and so does one that Prisma uses', async () => {
    const cut = withTenant('north', async (db) => {
      const pid = await processId(db)
      const slow = rows(db, sql`select pg_sleep(3)`)
      setTimeout(() => void owner.query('SELECT pg_terminate_backend($1)', [pid]), 100)
      await slow
    })
    await expect(cut).rejects.toMatchObject({ code: 'unavailable' })
    const prismaCut = withTenant('north', async (db) => {
      const client = await orm(db)
      await owner.query('SELECT pg_terminate_backend($1)', [await processId(db)])
      await new Promise((resolve) => setTimeout(resolve, 100))
      await client.user.count({ where: { tenantId: db.tenantId } })
    })
    await expect(prismaCut).rejects.toMatchObject({ code: 'unavailable' })
    expect(await withTenant('north', (db) => rows(db, sql`select 1 as one`))).toEqual([{ one: 1 }])
  })

  test('idle connections that are cut are replaced', async () => {
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'test_app' AND datname = current_database()`,
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await withTenant('north', (db) => rows(db, sql`select 1 as one`))).toEqual([{ one: 1 }])
  })

  test('no free connection is “unavailable” after about two seconds, and the ones in use go on', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const busy = [0, 1].map((n) =>
      withTenant('north', async (db) => {
        await held
        await badge(db, `h${n}`)
      }),
    )
    await new Promise((resolve) => setTimeout(resolve, 200))
    const begun = performance.now()
    await expect(withTenant('north', () => Promise.resolve())).rejects.toMatchObject({ code: 'unavailable' })
    const waited = performance.now() - begun
    release()
    await Promise.all(busy)
    expect(waited).toBeGreaterThan(1_500)
    expect(waited).toBeLessThan(4_000)
    expect(await stored()).toEqual(expect.arrayContaining(['h0', 'h1']) as string[])
  })

  test('a lock that somebody holds is a conflict after two seconds', async () => {
    const holder = await owner.connect()
    try {
      await holder.query(`BEGIN; UPDATE "User" SET name = 'Held' WHERE id = 'norths0'`)
      const waiting = withTenant('north', (db) =>
        affected(
          db,
          sql`update "User" set name = 'Mine' where "tenantId" = ${db.tenantId} and id = 'norths0'`,
        ),
      )
      await expect(waiting).rejects.toMatchObject({ code: 'conflict' })
    } finally {
      await holder.query('ROLLBACK')
      holder.release()
    }
  })
})
