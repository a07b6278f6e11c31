import { beforeAll, expect, test } from 'vitest'
import { addBreak, endBreak } from '#lib/breaks/change-breaks'
import { BREAKS } from '#lib/breaks/rules'
import { listBreaks } from '#lib/db/queries/breaks'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'

// Breaks of a school: added, ended, and never taken from those who rested on them.

const { owner } = await testDatabase()
const place = { now: new Date('2026-03-11T20:00Z'), timeZone: 'Asia/Tokyo', locale: 'en' }
/** It is the 12th there already. */
const TODAY = '2026-03-12'
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const add = (first: string, last: string, name = 'Break') =>
  north((db) => addBreak(db, { ...place, name, first, last }))
const end = (breakId: string) => north((db) => endBreak(db, { ...place, breakId }))
const list = () => north((db) => listBreaks(db, 500))

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
})

test('the same break twice is one, also when it is sent twice at once', async () => {
  const added = await Promise.all([add('2026-07-01', '2026-07-31'), add('2026-07-01', '2026-07-31', 'Again')])
  expect(added.filter((one) => one !== null)).toHaveLength(1)
  expect(await list()).toHaveLength(1)
  await owner.query('DELETE FROM "SchoolBreak"')
})

test.each([
  ['too long ago', '2026-02-08', '2026-02-20', 'first'],
  ['too far ahead', '2030-01-01', '2030-01-02', 'first'],
  ['backwards', '2026-07-02', '2026-07-01', 'last'],
  ['of more than half a year', '2026-07-01', '2027-01-01', 'last'],
])('days %s are refused beside their field', async (_why, first, last, field) => {
  await expect(add(first, last)).rejects.toMatchObject({
    ...{ code: 'invalid_input', fields: { [field]: expect.any(String) as string } },
  })
  expect(await list()).toEqual([])
})

test('one that is to come goes, one under way ends today, one that is over stays', async () => {
  const [coming, running, over] = [
    await add('2026-03-13', '2026-03-20'),
    await add('2026-03-09', '2026-03-22'),
    await add('2026-03-01', '2026-03-05'),
  ]
  expect(await end(coming?.id ?? '')).toMatchObject({ last: null })
  expect(await end(running?.id ?? '')).toMatchObject({ last: TODAY })
  for (const one of [running, over])
    await expect(end(one?.id ?? '')).rejects.toMatchObject({ code: 'conflict' })
  await expect(end(coming?.id ?? '')).rejects.toMatchObject({ code: 'not_found' })
  expect((await list()).map(({ first, last }) => [first, last])).toEqual([
    ['2026-03-09', TODAY],
    ['2026-03-01', '2026-03-05'],
  ])
})

test('another school sees, ends and fills none of them', async () => {
  const added = await add('2026-08-01', '2026-08-02')
  const before = await fingerprint(owner, 'north')
  const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
  expect(await south((db) => listBreaks(db, 500))).toEqual([])
  await expect(south((db) => endBreak(db, { ...place, breakId: added?.id ?? '' }))).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await fingerprint(owner, 'north')).toBe(before)
})

test('a school has a hundred at most, and is told so', async () => {
  await owner.query(
    `INSERT INTO "SchoolBreak" ("tenantId", name, "firstDay", "lastDay")
     SELECT 'north', 'Old', date '2020-01-01' + n, date '2020-01-01' + n FROM generate_series(1, $1::int) n`,
    [BREAKS.most],
  )
  await expect(add('2026-09-01', '2026-09-02')).rejects.toMatchObject({
    ...{ code: 'invalid_input', fields: { name: 'A school has at most 100 breaks.' } },
  })
})
