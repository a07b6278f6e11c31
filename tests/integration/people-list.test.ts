import { performance } from 'node:perf_hooks'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Page } from '#lib/db/keyset'
import { countInvitations, getPerson, listPeople, type PersonRow } from '#lib/db/queries/people'
import { peopleCursorFrom, type PeopleOrder } from '#lib/db/queries/people-cursor'
import { withTenant } from '#lib/db/tenant'
import { isDeep, testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import { codeOf, giveRole, makeRole } from './people-support'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const all = { q: '', role: null, state: null, order: 'name', cursor: null, limit: 10 } as const
type Input = Parameters<typeof listPeople>[1]
const list = (more: Partial<Input> = {}, school = 'north') =>
  withTenant(school, (db) => listPeople(db, { ...all, ...more }))
const ids = (page: Page<PersonRow>) => page.rows.map((row) => row.id)

/** How many people the school of the speed test has, and how long any page of it may take the database. */
const MANY = isDeep ? 100_000 : 20_000
const MILLISECONDS = 150

beforeAll(async () => {
  for (const school of ['north', 'south', 'small', 'large', 'huge']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'ann', { count: 7 })
  await makePeople(owner, 'north', 'tea', { count: 2, role: 'INSTRUCTOR' })
  await owner.query(
    `UPDATE "User" SET name = '50% off_ O''Hara "Bob"', "emailVerified" = now() WHERE id = 'ann1'`,
  )
  await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = 'ann2'`)
  await owner.query(`UPDATE "User" SET "deletedAt" = now() WHERE id = 'ann3'`)
  await makeRole(owner, 'north', 'zebra', [])
  await makeRole(owner, 'north', 'apple', [])
  for (const role of ['zebra', 'apple']) await giveRole(owner, 'north', 'tea0', role)
  await makePeople(owner, 'south', 'sam', { count: 3 })
  await makePeople(owner, 'small', 'few', { count: 10 })
  await makePeople(owner, 'large', 'many', { count: 1_000 })
})

describe('the list', () => {
  test('holds the school’s living people, with the names of their custom roles', async () => {
    const page = await list()
    expect(new Set(ids(page))).toEqual(
      new Set(['ann0', 'ann1', 'ann2', 'ann4', 'ann5', 'ann6', 'tea0', 'tea1']),
    )
    expect(page.rows.find((row) => row.id === 'tea0')?.customRoles).toEqual(['Role apple', 'Role zebra'])
    expect(page.rows[0]).not.toHaveProperty('password')
  })

  test.each(['%', '_', "O'Hara", '"bob"', '50% OFF_'])('takes %s for what it is', async (q) => {
    expect(ids(await list({ q }))).toEqual(['ann1'])
  })

  test.each(['\\', '%%%%', "' or 1=1 --"])('finds nobody by %s', async (q) => {
    expect(ids(await list({ q }))).toEqual([])
  })

  test('finds by a part of the address, in whatever case', async () => {
    expect(ids(await list({ q: 'TEA1@NORTH' }))).toEqual(['tea1'])
  })

  test('is filtered by role and by state, which never overlap', async () => {
    expect(ids(await list({ role: 'INSTRUCTOR' }))).toEqual(['tea0', 'tea1'])
    expect(ids(await list({ state: 'active' }))).toEqual(['ann1'])
    expect(ids(await list({ state: 'disabled' }))).toEqual(['ann2'])
    expect(ids(await list({ state: 'unconfirmed', role: 'STUDENT' }))).toEqual([
      'ann0',
      'ann4',
      'ann5',
      'ann6',
    ])
  })
})

async function walk(order: PeopleOrder, school: string): Promise<[string[], string[]]> {
  const read = (text: string | null) =>
    list({ order, limit: 3, cursor: peopleCursorFrom(text ?? undefined, order) }, school)
  let page = await read(null)
  const forwards = ids(page)
  while (page.nextCursor !== null) {
    page = await read(page.nextCursor)
    forwards.push(...ids(page))
  }
  const backwards = ids(page)
  while (page.previousCursor !== null) {
    page = await read(page.previousCursor)
    backwards.unshift(...ids(page))
  }
  return [forwards, backwards]
}

describe('cursors', () => {
  test.each(['name', 'newest'] as const)(
    'by %s walk forwards and back through everybody once',
    async (order) => {
      const [forwards, backwards] = await walk(order, 'small')
      expect(forwards).toHaveLength(10)
      expect(new Set(forwards).size).toBe(10)
      expect(backwards).toEqual(forwards)
    },
  )

  test('do so where everybody has the same name and joined at the same moment', async () => {
    await owner.query(
      `UPDATE "User" SET name = 'Ann "A" O''Neil', "createdAt" = '2026-01-01Z' WHERE "tenantId" = 'small'`,
    )
    for (const order of ['name', 'newest'] as const) {
      const [forwards, backwards] = await walk(order, 'small')
      expect(new Set(forwards).size).toBe(10)
      expect(backwards).toEqual(forwards)
    }
  })

  const point = (parts: readonly unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
  test.each([
    'x',
    point(['n', 1, 'Ann']),
    point(['t', 1, 'Ann', 'ann0']),
    point(['n', 2, 'Ann', 'ann0']),
    point(['n', 1, 'A\u0000', 'ann0']),
    point(['n', 1, 'a'.repeat(401), 'ann0']),
    point(['n', 1, 'Ann', "ann0' or true"]),
    point(['n', 1, 'Ann', 'ann0', 'more']),
  ])('that are none of ours are a page that doesn’t exist (%#)', (text) => {
    expect(() => peopleCursorFrom(text, 'name')).toThrow(/cursor/)
  })

  test('of one order are none of the other', async () => {
    const { nextCursor } = await list({ order: 'newest', limit: 2 })
    expect(nextCursor).not.toBeNull()
    expect(() => peopleCursorFrom(nextCursor ?? '', 'name')).toThrow(/cursor/)
  })
})

describe('cost', () => {
  test('is one statement, for ten people and for a thousand', async () => {
    for (const school of ['small', 'large'])
      expect(await statementsOf(() => list({ limit: 1_000, q: 'e' }, school))).toHaveLength(1)
  })

  test(
    `stays under ${String(MILLISECONDS)} ms of database time for any search`,
    { timeout: 180_000 },
    async () => {
      await owner.query(
        `INSERT INTO "User" (id, "tenantId", email, name, password, role, "emailVerified", "createdAt")
       SELECT 'h' || n, 'huge', 'person' || n || '@school.example', (ARRAY['Ada','Émile','Zoë','李','Mo'])[1 + n % 5] || ' ' || md5(n::text), '!',
         (CASE WHEN n % 50 = 0 THEN 'INSTRUCTOR' ELSE 'STUDENT' END)::"RoleType", CASE WHEN n % 9 > 0 THEN now() END, timestamptz '2026-01-01Z' + n * interval '1 second'
       FROM generate_series(1, $1::int) n`,
        [MANY],
      )
      await owner.query(`VACUUM ANALYZE "User"`)
      const asked: Partial<Input>[] = [
        {},
        { q: 'e' },
        { q: 'nobody at all' },
        { q: `person${String(MANY - 1)}@` },
        { q: 'ZOË' },
        { q: 'nobody', role: 'INSTRUCTOR', state: 'unconfirmed' },
        { role: 'ADMIN' },
        { state: 'disabled' },
      ]
      for (const order of ['name', 'newest'] as const) {
        for (const one of asked) {
          const times: number[] = []
          for (let n = 0; n < 8; n += 1) {
            const start = performance.now()
            await list({ ...one, order, limit: 50 }, 'huge')
            times.push(performance.now() - start)
          }
          expect(Math.min(...times), JSON.stringify({ ...one, order, times })).toBeLessThan(MILLISECONDS)
        }
      }
    },
  )
})

describe('a person', () => {
  test('is shown in one statement, and to their own school alone', async () => {
    const read = () => withTenant('north', (db) => getPerson(db, 'tea0'))
    expect(await statementsOf(read)).toHaveLength(1)
    expect(await read()).toMatchObject({
      ...{ id: 'tea0', role: 'INSTRUCTOR', customRoleIds: ['apple', 'zebra'], courses: 0, sessions: 0 },
      ...{ secondFactor: false, enrollments: 0, otherAdmins: 0 },
    })
    for (const id of ['sam0', 'ann3', 'nobody'])
      expect(await codeOf(withTenant('north', (db) => getPerson(db, id)))).toBe('not_found')
  })

  test('has the invitations of their school counted, and no other’s', async () => {
    await owner.query(
      `INSERT INTO "Invitation" ("tenantId", email, "invitedById", "expiresAt") VALUES ('south', 'x@y.example', 'sam0', '2099-01-01Z')`,
    )
    expect(await withTenant('north', countInvitations)).toBe(0)
    expect(await withTenant('south', countInvitations)).toBe(1)
  })
})
