import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { learningDay } from '#lib/awards/rules/streak'
import { findStreak, touchStreak } from '#lib/db/queries/streaks'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const touch = (userId: string, at: string | Date) =>
  north((db) => touchStreak(db, { userId, now: new Date(at) }))
const streak = (userId: string) => north((db) => findStreak(db, userId))

let people = 0
/** A learner of their own for a test, in a zone of theirs; null: in the school's. */
async function learner(timeZone: string | null = null): Promise<string> {
  people += 1
  const [id = ''] = await makePeople(owner, 'north', `p${String(people)}x`)
  await move(id, timeZone)
  return id
}
const move = (userId: string, timeZone: string | null) =>
  owner.query(`UPDATE "User" SET "timeZone" = $2 WHERE id = $1`, [userId, timeZone])

/** The days of the streak after each touch; null where it changed nothing. */
async function days(userId: string, ...moments: string[]): Promise<(number | null)[]> {
  const counted: (number | null)[] = []
  for (const at of moments) counted.push((await touch(userId, at)).days)
  return counted
}

beforeAll(async () => {
  await makeSchool(owner, 'north', { timeZone: 'Asia/Tokyo' })
  await makeSchool(owner, 'south')
})

describe('a day of learning', () => {
  test('counts once, continues the day after, begins anew after a gap, and the longest is kept', async () => {
    const id = await learner('UTC')
    const at = (day: string) => `${day}T12:00:00Z`
    expect(await days(id, at('2026-03-01'), '2026-03-01T23:59:59Z', '2026-03-02T00:00:00Z')).toEqual([
      1,
      null,
      2,
    ])
    expect(await days(id, at('2026-03-03'), at('2026-03-05'), at('2026-03-06'))).toEqual([3, 1, 2])
    expect(await streak(id)).toEqual({ current: 2, longest: 3, lastDay: '2026-03-06' })
  })

  test('is that of the learner’s own zone, and of the school’s for those who named none', async () => {
    // 15:30Z is past midnight in Tokyo and the same morning in New York.
    const [own, schools] = [await learner('America/New_York'), await learner()]
    for (const id of [own, schools]) await touch(id, '2026-03-01T14:30:00Z')
    expect((await touch(own, '2026-03-01T15:30:00Z')).days).toBeNull()
    expect(await touch(schools, '2026-03-01T15:30:00Z')).toEqual({ days: 2, hour: 0, locale: 'en' })
  })

  test('has 23 or 25 hours where the clocks change, also where they change at midnight', async () => {
    const berlin = await learner('Europe/Berlin')
    expect(
      await days(
        berlin,
        ...['2026-03-28T22:30Z', '2026-03-29T00:30Z', '2026-03-29T21:59Z', '2026-03-29T22:00Z'],
      ),
    ).toEqual([1, 2, null, 3])
    expect(
      await days(
        berlin,
        ...['2026-10-24T21:59Z', '2026-10-24T22:00Z', '2026-10-25T22:59Z', '2026-10-25T23:00Z'],
      ),
    ).toEqual([1, 2, null, 3])
    // Havana: 0:00 is left out in spring and comes twice in autumn.
    const havana = await learner('America/Havana')
    expect(
      await days(
        havana,
        ...['2026-03-08T04:59Z', '2026-03-08T05:00Z', '2026-03-09T03:59Z', '2026-03-09T04:00Z'],
      ),
    ).toEqual([1, 2, null, 3])
    expect(
      await days(
        havana,
        ...['2026-11-01T03:59Z', '2026-11-01T04:00Z', '2026-11-01T05:30Z', '2026-11-02T05:00Z'],
      ),
    ).toEqual([1, 2, null, 3])
  })

  test('isn’t missed where the calendar left it out: Samoa had no 30 December 2011', async () => {
    const id = await learner('Pacific/Apia')
    expect(await days(id, '2011-12-29T20:00Z', '2011-12-30T09:59Z', '2011-12-30T10:00Z')).toEqual([
      1,
      null,
      2,
    ])
    expect(await streak(id)).toMatchObject({ lastDay: '2011-12-31' })
    const late = await learner('Pacific/Apia')
    expect(await days(late, '2011-12-28T20:00Z', '2011-12-30T20:00Z')).toEqual([1, 1])
  })

  test('never goes back: whoever flies west over the date line loses nothing and gains nothing', async () => {
    const id = await learner('Pacific/Kiritimati')
    expect(await days(id, '2026-06-10T08:00Z', '2026-06-11T08:00Z')).toEqual([1, 2])
    await move(id, 'Pacific/Honolulu')
    expect(await days(id, '2026-06-11T09:00Z', '2026-06-12T08:00Z')).toEqual([null, null])
    expect(await days(id, '2026-06-12T11:00Z')).toEqual([3])
    expect(await streak(id)).toMatchObject({ current: 3, lastDay: '2026-06-12' })
    // And back again: the next day there follows the last one here.
    await move(id, 'Pacific/Kiritimati')
    expect(await days(id, '2026-06-12T12:00Z')).toEqual([4])
  })

  test('is counted once when fifty lessons of it are completed at the same moment', async () => {
    const id = await learner('UTC')
    await touch(id, '2026-03-01T12:00Z')
    const moved = await Promise.all(Array.from({ length: 50 }, () => touch(id, '2026-03-02T12:00Z')))
    expect(moved.filter((one) => one.days !== null)).toHaveLength(1)
    const fresh = await learner('UTC')
    const first = await Promise.all(Array.from({ length: 50 }, () => touch(fresh, '2026-03-02T12:00Z')))
    expect(first.filter((one) => one.days !== null)).toHaveLength(1)
    expect([await streak(id), await streak(fresh)]).toMatchObject([{ current: 2 }, { current: 1 }])
  })

  test('costs one statement, and is counted for nobody of another school', async () => {
    const id = await learner('UTC')
    expect(await statementsOf(() => touch(id, '2026-03-02T12:00Z'))).toHaveLength(1)
    const before = await fingerprint(owner, 'north')
    await expect(
      withTenant('south', (db) => touchStreak(db, { userId: id, now: new Date() })),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await withTenant('south', (db) => findStreak(db, id))).toBeNull()
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('can be counted in every zone that a profile may name', async () => {
    const { rows } = await owner.query<{ name: string }>('SELECT name FROM pg_timezone_names')
    const known = new Set(rows.map(({ name }) => name))
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !known.has(zone))).toEqual([])
  })
})

describe('property', () => {
  /** The slow way: the calendar of the zone, hour by hour, and a walk over all days that it has. */
  function reference(moments: readonly Date[], zone: string): { current: number; longest: number } {
    const first = moments[0]
    const end = moments.at(-1)
    if (first === undefined || end === undefined) return { current: 0, longest: 0 }
    const learned = new Set(moments.map((at) => learningDay(at, zone)))
    const calendar = new Set<string>()
    for (let at = first.getTime(); at <= end.getTime(); at += 1_800_000)
      calendar.add(learningDay(new Date(at), zone))
    calendar.add(learningDay(end, zone))
    let [current, longest] = [0, 0]
    for (const day of [...calendar].sort()) {
      current = learned.has(day) ? current + 1 : 0
      longest = Math.max(longest, current)
    }
    return { current, longest }
  }

  const zone = fc.constantFrom(
    ...['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'Pacific/Kiritimati', 'Asia/Kathmandu'],
    ...['America/Havana', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Africa/Cairo', 'Pacific/Chatham'],
  )
  /** Starts near what is odd: Samoa's missing day, the changes of the clocks, or anywhere. */
  const start = fc.oneof(
    fc.constantFrom(
      '2011-12-27',
      '2026-03-05',
      '2026-03-27',
      '2026-10-23',
      '2026-10-30',
      '2018-11-01',
      '2019-02-14',
    ),
    fc.date({ min: new Date('2005-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
  )
  const gapsInMinutes = fc.array(fc.oneof(fc.nat({ max: 2_000 }), fc.nat({ max: 4_500 })), { maxLength: 14 })

  test('any history of learning gives what walking through the calendar gives', async () => {
    await fc.assert(
      fc.asyncProperty(zone, start, gapsInMinutes, async (timeZone, from, gaps) => {
        const id = await learner(timeZone)
        let at = new Date(from).getTime()
        const moments = [new Date(at), ...gaps.map((gap) => new Date((at += gap * 60_000)))]
        for (const moment of moments) await touch(id, moment)
        expect(await streak(id)).toMatchObject(reference(moments, timeZone))
      }),
      { numRuns: 60 },
    )
  })
})
