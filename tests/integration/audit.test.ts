import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { exportAudit } from '#lib/audit/export-audit'
import { EXPORT_MOST } from '#lib/audit/contract'
import { type AuditFilter, listAudit, recordAudit } from '#lib/db/queries/audit'
import { withTenant } from '#lib/db/tenant'
import { execute, testDatabase } from '#tests/support/database'
import { makeCourse, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'
import { walk } from './walk'

const { owner, appUrl } = await testDatabase()
const ALL: AuditFilter = { person: '', action: '', target: '', from: '', to: '', timeZone: 'Europe/Berlin' }
const ASKED = { person: '', action: '', target: '', from: '', to: '' }
const CLIENT = { ip: '192.0.2.7', requestId: 'r1' }

const find = (filter: Partial<AuditFilter>, school = 'north') =>
  withTenant(school, (db) => listAudit(db, { filter: { ...ALL, ...filter }, cursor: null, limit: 50 }))
const idsOf = async (filter: Partial<AuditFilter>, school = 'north') =>
  (await find(filter, school)).rows.map((row) => row.id)

type Entry = Readonly<{
  id: string
  actor?: string
  action: string
  target?: readonly [string, string]
  at: string
}>

async function store(tenantId: string, { id, actor, action, target, at }: Entry): Promise<void> {
  await owner.query(
    `INSERT INTO "AuditLog" (id, "tenantId", "actorId", action, "targetType", "targetId", "createdAt") VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, tenantId, actor ?? null, action, target?.[0] ?? null, target?.[1] ?? null, at],
  )
}

beforeAll(async () => {
  for (const school of ['north', 'south', 'small', 'large', 'export']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'ann', { count: 2, role: 'ADMIN' })
  await makePeople(owner, 'south', 'sam', { role: 'ADMIN' })
  await makeCourse(owner, 'north', 'maths', { instructorId: 'ann0' })
  await store('north', {
    id: 'e1',
    actor: 'ann0',
    action: 'school.brand',
    target: ['Tenant', 'north'],
    at: '2026-03-01T10:00:00Z',
  })
  await store('north', {
    id: 'e2',
    actor: 'ann1',
    action: 'people.invite',
    target: ['User', 'ann0'],
    at: '2026-03-02T22:30:00Z',
  })
  await store('north', {
    id: 'e3',
    actor: 'ann1',
    action: 'course.publish',
    target: ['Course', 'maths'],
    at: '2026-03-02T23:30:00Z',
  })
  await store('north', {
    id: 'e4',
    action: 'schoolish.thing',
    target: ['Tenant', 'north'],
    at: '2026-03-04T10:00:00Z',
  })
  await store('south', {
    id: 's1',
    actor: 'sam0',
    action: 'school.brand',
    target: ['Tenant', 'south'],
    at: '2026-03-03T10:00:00Z',
  })
})

describe('finding', () => {
  test('everything stands newest first, with the names of who did it and to whom', async () => {
    const { rows } = await find({})
    expect(rows.map(({ id, actorName, targetName }) => ({ id, actorName, targetName }))).toEqual([
      { id: 'e4', actorName: null, targetName: null },
      { id: 'e3', actorName: 'Person ann1', targetName: 'Course maths' },
      { id: 'e2', actorName: 'Person ann1', targetName: 'Person ann0' },
      { id: 'e1', actorName: 'Person ann0', targetName: null },
    ])
  })

  test('by person: id, name or address; wildcards and quotes are letters', async () => {
    expect(await idsOf({ person: 'ann1' })).toEqual(['e3', 'e2'])
    expect(await idsOf({ person: 'PERSON ANN0' })).toEqual(['e1'])
    expect(await idsOf({ person: 'ann1@north' })).toEqual(['e3', 'e2'])
    for (const person of ['%', '_nn0', `'; drop table "User"; --`, '\\'])
      expect(await idsOf({ person })).toEqual([])
  })

  test('by the beginning of the action, where a dot is a dot', async () => {
    expect(await idsOf({ action: 'school.' })).toEqual(['e1'])
    expect(await idsOf({ action: 'school' })).toEqual(['e4', 'e1'])
    expect(await idsOf({ action: 'course.publish' })).toEqual(['e3'])
    expect(await idsOf({ action: 's%' })).toEqual([])
  })

  test('by target: id or name', async () => {
    expect(await idsOf({ target: 'north' })).toEqual(['e4', 'e2', 'e1'])
    expect(await idsOf({ target: 'course MATHS' })).toEqual(['e3'])
    expect(await idsOf({ target: 'maths' })).toEqual(['e3'])
    expect(await idsOf({ target: '%' })).toEqual([])
  })

  test('by days, which begin and end at midnight of the school', async () => {
    // 22:30 UTC is 23:30 of the same day in Berlin, 23:30 UTC is half past midnight of the next.
    expect(await idsOf({ from: '2026-03-02', to: '2026-03-02' })).toEqual(['e2'])
    expect(await idsOf({ from: '2026-03-03' })).toEqual(['e4', 'e3'])
    expect(await idsOf({ to: '2026-03-01' })).toEqual(['e1'])
    expect(await idsOf({ from: '2026-03-02', to: '2026-03-02', timeZone: 'UTC' })).toEqual(['e3', 'e2'])
    expect(await idsOf({ from: '2026-03-05', to: '2026-03-01' })).toEqual([])
  })

  test('nothing of another school, neither by its ids nor by its people’s names', async () => {
    expect(await idsOf({}, 'south')).toEqual(['s1'])
    for (const person of ['ann0', 'Person ann']) expect(await idsOf({ person }, 'south')).toEqual([])
    for (const target of ['maths', 'Course maths', 'ann0'])
      expect(await idsOf({ target }, 'south')).toEqual([])
    expect(await idsOf({ target: 'north' }, 'south')).toEqual([])
  })
})

describe('paging', () => {
  beforeAll(async () => {
    for (const [school, count] of [
      ['small', 10],
      ['large', 1_000],
    ] as const) {
      await makePeople(owner, school, `${school}p`, { count: 3 })
      await owner.query(
        `INSERT INTO "AuditLog" (id, "tenantId", "actorId", action, "targetType", "targetId", "createdAt")
         SELECT $1 || n, $1, $1 || 'p' || n % 3, 'people.invite', 'User', $1 || 'p' || n % 2, timestamptz '2026-01-01Z' + n / 4 * interval '1 minute'
         FROM generate_series(1, $2::int) n`,
        [school, count],
      )
    }
  })

  test('shows each entry once in both directions, at equal instants too', async () => {
    for (const limit of [1, 3, 7]) {
      const { forwards, backwards } = await walk((cursor) =>
        withTenant('small', (db) => listAudit(db, { filter: ALL, cursor, limit })),
      )
      expect(forwards).toHaveLength(10)
      expect(new Set(forwards).size).toBe(10)
      expect(backwards).toEqual(forwards)
    }
  })

  test('costs one statement for any search, at ten entries and at a thousand', async () => {
    const filter = {
      ...ALL,
      person: 'person',
      action: 'people.',
      target: 'p0',
      from: '2026-01-01',
      to: '2026-12-31',
    }
    for (const school of ['small', 'large']) {
      for (const asked of [ALL, filter]) {
        const read = () =>
          withTenant(school, (db) => listAudit(db, { filter: asked, cursor: null, limit: 50 }))
        expect(await statementsOf(read)).toHaveLength(1)
      }
    }
  })
})

describe('export', () => {
  const take = (school: string, query = ASKED) =>
    withTenant(school, (db) => exportAudit(db, { query, timeZone: 'UTC', actorId: 'ann0', client: CLIENT }))

  test('holds what the filter finds, reads back as it was, and is itself noted', async () => {
    await makePeople(owner, 'export', 'eve')
    const name = '=HYPERLINK("http://evil.example"),"x"'
    await owner.query(`UPDATE "User" SET name = $1 WHERE id = 'eve0'`, [name])
    await withTenant('export', (db) =>
      recordAudit(db, {
        ...{ action: 'people.invite', actorId: 'eve0', targetType: 'User', targetId: 'eve0', client: CLIENT },
        after: { name: '+1\n"quoted", and; more' },
      }),
    )
    const { csv, complete } = await take('export', { ...ASKED, action: 'people.' })
    expect(complete).toBe(true)
    const [first, ...others] = parse<Record<string, string>>(csv, { columns: true, bom: true })
    expect(others).toEqual([])
    expect(first).toMatchObject({
      action: 'people.invite',
      actor: `'${name}`,
      target: `'${name}`,
      ip: '192.0.2.7',
    })
    expect(JSON.parse(first?.['after'] ?? '')).toEqual({ name: '+1\n"quoted", and; more' })
    const [noted] = (await find({ action: 'audit.export' }, 'export')).rows
    expect(noted).toMatchObject({
      actorId: 'ann0',
      ip: '192.0.2.7',
      after: { action: 'people.', rows: 1, complete: true },
    })
  })

  test('stops at ten thousand, says so, and holds nothing of another school', async () => {
    await makeSchool(owner, 'huge')
    await owner.query(
      `INSERT INTO "AuditLog" (id, "tenantId", action, "createdAt")
       SELECT 'h' || n, 'huge', 'auth.signed-in', timestamptz '2026-01-01Z' + n * interval '1 second' FROM generate_series(1, $1::int) n`,
      [EXPORT_MOST + 5],
    )
    const { csv, complete } = await take('huge')
    expect(complete).toBe(false)
    expect(csv.trimEnd().split('\r\n')).toHaveLength(EXPORT_MOST + 1)
    expect(csv).not.toContain('people.invite')
  })
})

test('nobody who connects as the product changes or deletes an entry', async () => {
  const before = await fingerprint(owner, 'north')
  for (const statement of [
    `UPDATE "AuditLog" SET action = 'nothing.happened'`,
    `UPDATE "AuditLog" SET ip = NULL WHERE id = 'e1'`,
    `DELETE FROM "AuditLog"`,
    `TRUNCATE "AuditLog"`,
  ]) {
    const asApp = execute(appUrl, `SET app.tenant_id = 'north'`, statement)
    await expect(asApp, statement).rejects.toMatchObject({ code: '42501' })
  }
  expect(await fingerprint(owner, 'north')).toBe(before)
})
