import { beforeAll, describe, expect, test } from 'vitest'
import {
  createUser,
  deleteUser,
  findUserByEmail,
  getUser,
  listUsers,
  NO_PASSWORD,
  updateProfile,
} from '#lib/db/queries/users'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'
import { walk } from './walk'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const all = { q: '', role: null, cursor: null, limit: 10 } as const

beforeAll(async () => {
  for (const school of ['north', 'south', 'large', 'small']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'ann', { count: 7 })
  await makePeople(owner, 'north', 'tea', { count: 2, role: 'INSTRUCTOR' })
  await makePeople(owner, 'south', 'sam', { count: 3 })
  await makePeople(owner, 'small', 'few', { count: 10 })
  await makePeople(owner, 'large', 'many', { count: 1_000 })
})

describe('list', () => {
  test('holds the school’s living people, newest first, and no password', async () => {
    const page = await north((db) => listUsers(db, all))
    expect(page.rows).toHaveLength(9)
    expect(page.rows.every((row) => /^(ann|tea)/.test(row.id))).toBe(true)
    expect(page.rows[0]).not.toHaveProperty('password')
  })

  test('finds by name, by address and by role; wildcards are letters', async () => {
    const find = (q: string) => north((db) => listUsers(db, { ...all, q }))
    expect((await find('PERSON TEA')).rows.map((row) => row.id)).toEqual(['tea1', 'tea0'])
    expect((await find('ann3@north')).rows.map((row) => row.id)).toEqual(['ann3'])
    expect((await find('%')).rows).toEqual([])
    expect((await find('_')).rows).toEqual([])
    const teachers = await north((db) => listUsers(db, { ...all, role: 'INSTRUCTOR' }))
    expect(teachers.rows.map((row) => row.role)).toEqual(['INSTRUCTOR', 'INSTRUCTOR'])
  })

  test('shows each person once in both directions, at equal instants too', async () => {
    await owner.query(
      `UPDATE "User" SET "createdAt" = '2026-01-01Z' WHERE "tenantId" = 'small' AND id <> 'few9'`,
    )
    for (const limit of [1, 3, 10, 20]) {
      const { forwards, backwards } = await walk((cursor) =>
        withTenant('small', (db) => listUsers(db, { ...all, limit, cursor })),
      )
      expect(new Set(forwards).size).toBe(10)
      expect(forwards).toHaveLength(10)
      expect(backwards).toEqual(forwards)
    }
  })

  test('costs one statement, for ten people and for a thousand', async () => {
    for (const school of ['small', 'large']) {
      const sent = await statementsOf(() => withTenant(school, (db) => listUsers(db, { ...all, limit: 50 })))
      expect(sent).toHaveLength(1)
    }
  })
})

describe('one person', () => {
  const mia = { email: ' Mia@North.example ', name: 'Mia', role: 'STUDENT', password: NO_PASSWORD } as const

  test('is created once per address, found however it is spelt, and never shown with a password', async () => {
    const made = await north((db) => createUser(db, mia))
    expect(made.email).toBe('mia@north.example')
    expect(made).not.toHaveProperty('password')
    expect((await north((db) => findUserByEmail(db, 'MIA@north.example')))?.id).toBe(made.id)
    await expect(north((db) => createUser(db, mia))).rejects.toMatchObject({ code: 'conflict' })
  })

  test('may have the address of somebody in another school, or of somebody deleted', async () => {
    await withTenant('south', (db) => createUser(db, { ...mia, email: 'ann0@north.example' }))
    const first = await north((db) => createUser(db, { ...mia, email: 'gone@north.example' }))
    await north((db) => deleteUser(db, first.id))
    const second = await north((db) => createUser(db, { ...mia, email: 'gone@north.example' }))
    expect(second.id).not.toBe(first.id)
    await expect(north((db) => getUser(db, first.id))).rejects.toMatchObject({ code: 'not_found' })
  })

  test('is not overwritten by a form that was opened before the last change', async () => {
    const before = await north((db) => getUser(db, 'ann1'))
    const change = { userId: 'ann1', seen: before.updatedAt, changes: { name: 'Anna' } }
    const { updatedAt } = await north((db) => updateProfile(db, change))
    expect(updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime())
    await expect(north((db) => updateProfile(db, change))).rejects.toMatchObject({ code: 'conflict' })
    const cleared = { userId: 'ann1', seen: updatedAt, changes: { timeZone: 'Europe/Berlin', avatar: null } }
    await north((db) => updateProfile(db, cleared))
    expect(await north((db) => getUser(db, 'ann1'))).toMatchObject({
      name: 'Anna',
      timeZone: 'Europe/Berlin',
    })
  })
})

test('another school finds none of these people and changes nothing of them', async () => {
  const before = await fingerprint(owner, 'north')
  const person = await north((db) => getUser(db, 'ann2'))
  const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
  await expect(south((db) => getUser(db, 'ann2'))).rejects.toMatchObject({ code: 'not_found' })
  await expect(south((db) => deleteUser(db, 'ann2'))).rejects.toMatchObject({ code: 'not_found' })
  const change = { userId: 'ann2', seen: person.updatedAt, changes: { name: 'Taken' } }
  await expect(south((db) => updateProfile(db, change))).rejects.toMatchObject({ code: 'not_found' })
  expect(await south((db) => findUserByEmail(db, person.email))).toBeNull()
  expect(await fingerprint(owner, 'north')).toBe(before)
})
