import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { countDay } from '#lib/awards/count-day'
import { streakNow } from '#lib/awards/rules/streak'
import { findLearningDays, markDay } from '#lib/db/queries/streaks'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import { type History, histories, learnedIn, slowStreak } from '../unit/awards/streak-reference'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const count = (userId: string, at: string | Date) =>
  north((db) => countDay(db, { userId, now: new Date(at) }))
/** The same, and the days of the streak; null where the day counted already. */
const touch = async (userId: string, at: string | Date) => {
  const { moved, hour, locale } = await count(userId, at)
  return { days: moved?.days ?? null, hour, locale }
}
/** As it is read at a moment. */
const seen = async (userId: string, at: string, zone = 'UTC') =>
  streakNow(await north((db) => findLearningDays(db, userId)), new Date(at), zone)
/** As the row holds it. */
async function streak(userId: string) {
  const { rows } = await owner.query<{ current: number; longest: number; lastDay: string }>(
    `SELECT "currentStreak" AS current, "longestStreak" AS longest, to_char("lastActiveDate", 'YYYY-MM-DD') AS "lastDay"
     FROM "Streak" WHERE "userId" = $1`,
    [userId],
  )
  return rows[0] ?? null
}

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

  test('costs one statement, a day’s first two more, and is counted for nobody of another school', async () => {
    const id = await learner('UTC')
    expect(await statementsOf(() => touch(id, '2026-03-02T12:00Z'))).toHaveLength(3)
    expect(await statementsOf(() => touch(id, '2026-03-02T12:05Z'))).toHaveLength(1)
    expect(await statementsOf(() => seen(id, '2026-03-02T12:05Z'))).toHaveLength(1)
    const before = await fingerprint(owner, 'north')
    await expect(
      withTenant('south', (db) => countDay(db, { userId: id, now: new Date() })),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await withTenant('south', (db) => findLearningDays(db, id))).toMatchObject({
      days: [],
      longest: 0,
    })
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('that a process without learning days counted is part of the streak', async () => {
    const id = await learner('UTC')
    await owner.query(
      `INSERT INTO "Streak" ("tenantId", "userId", "currentStreak", "longestStreak", "lastActiveDate")
       VALUES ('north', $1, 1, 12, '2026-03-01')`,
      [id],
    )
    expect(await seen(id, '2026-03-02T12:00Z')).toMatchObject({ days: 1, longest: 12 })
    expect(await days(id, '2026-03-02T12:00Z', '2026-03-03T12:00Z')).toEqual([2, 3])
    expect(await seen(id, '2026-03-03T12:00Z')).toMatchObject({ days: 3, longest: 12, learned: 3 })
  })

  test('can be counted in every zone that a profile may name', async () => {
    const { rows } = await owner.query<{ name: string }>('SELECT name FROM pg_timezone_names')
    const known = new Set(rows.map(({ name }) => name))
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !known.has(zone))).toEqual([])
  })
})

describe('a freeze', () => {
  const day = (date: number, hour = 12) => `2026-03-${String(date).padStart(2, '0')}T${hour}:00Z`

  /** Seven days of learning, one freeze, and a day missed. */
  async function frozen(): Promise<string> {
    const id = await learner('UTC')
    for (let date = 1; date <= 7; date += 1) await touch(id, day(date))
    return id
  }

  test('is used once, though fifty lessons of the next day are completed at the same moment', async () => {
    const id = await frozen()
    const moved = await Promise.all(Array.from({ length: 50 }, () => touch(id, day(9))))
    expect(moved.filter((one) => one.days !== null)).toEqual([{ days: 8, hour: 12, locale: 'en' }])
    expect(await seen(id, day(9))).toMatchObject({ days: 8, freezes: 0, covered: ['2026-03-08'] })
    // The next missed day has none: the streak ends, and is said to.
    expect(await seen(id, day(11))).toMatchObject({ days: 0, longest: 8, lately: 0 })
  })

  test('is right when it is only read, for as long as nobody counts anything', async () => {
    const id = await frozen()
    const before = await fingerprint(owner, 'north')
    expect(await seen(id, day(8, 23))).toMatchObject({ days: 7, freezes: 1, lately: 0, today: false })
    expect(await seen(id, day(9, 10))).toMatchObject({ days: 7, freezes: 0, lately: 1, today: false })
    expect(await seen(id, day(10, 10))).toMatchObject({ days: 0 })
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('comes back when the missed day arrives late, also while the next one is being counted', async () => {
    const id = await frozen()
    await Promise.all([
      touch(id, day(9)),
      touch(id, day(8, 23)),
      touch(id, day(9, 13)),
      touch(id, day(8, 22)),
    ])
    expect(await seen(id, day(9))).toMatchObject({ days: 9, freezes: 1, covered: [] })
    expect(await streak(id)).toEqual({ current: 9, longest: 9, lastDay: '2026-03-09' })
  })

  test('isn’t used for a day that another transaction is just counting', async () => {
    const id = await frozen()
    const [held, go] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
    const late = north(async (db) => {
      await markDay(db, { userId: id, now: new Date(day(8, 23)) })
      held.resolve(undefined)
      await go.promise
    })
    await held.promise
    const next = touch(id, day(9))
    await Promise.race([next, sleep(300)])
    go.resolve(undefined)
    await late
    expect(await next).toMatchObject({ days: 9 })
    expect(await streak(id)).toEqual({ current: 9, longest: 9, lastDay: '2026-03-09' })
  })

  test('isn’t needed in a break of the school, and a break of another school is none', async () => {
    const id = await frozen()
    const pause = (school: string, from: number, to: number) =>
      owner.query(
        `INSERT INTO "SchoolBreak" ("tenantId", name, "firstDay", "lastDay") VALUES ($1, 'Break', $2, $3)`,
        [school, day(from).slice(0, 10), day(to).slice(0, 10)],
      )
    await pause('south', 8, 20)
    expect(await seen(id, day(10))).toMatchObject({ days: 0 })
    await pause('north', 8, 20)
    expect(await seen(id, day(10))).toMatchObject({ days: 7, freezes: 1, pause: { last: '2026-03-20' } })
    expect(await days(id, day(21))).toEqual([8])
    await owner.query('DELETE FROM "SchoolBreak"')
  })
})

describe('property', () => {
  /** Does what a history says, in an order of its own, some of it twice. */
  async function live(id: string, { events }: History, order: readonly number[]): Promise<void> {
    const mixed = events
      .map((event, index) => ({ event, place: index + (order[index] ?? 0) }))
      .toSorted((one, other) => one.place - other.place)
    for (const { event, place } of mixed) {
      await move(id, event.timeZone)
      await touch(id, event.at)
      if (place % 3 === 0) await touch(id, event.at)
    }
  }

  test('any history, late and repeated and across zones and breaks, gives what walking through the calendar gives', async () => {
    const order = fc.array(fc.nat({ max: 4 }), { minLength: 30, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(histories, order, async (history, places) => {
        const { events, breaks, now, timeZone } = history
        await owner.query('DELETE FROM "SchoolBreak"')
        await owner.query(
          `INSERT INTO "SchoolBreak" ("tenantId", name, "firstDay", "lastDay")
           SELECT 'north', 'Break', first::date, last::date FROM unnest($1::text[], $2::text[]) b(first, last)
           ON CONFLICT DO NOTHING`,
          [breaks.map(({ first }) => first), breaks.map(({ last }) => last)],
        )
        const id = await learner()
        await live(id, history, places)
        const learned = learnedIn(events)
        const facts = await north((db) => findLearningDays(db, id))
        expect(facts.days).toEqual([...learned].sort())
        const { days: current, freezes, covered, today } = slowStreak(learned, breaks, now, timeZone)
        expect(streakNow(facts, now, timeZone)).toMatchObject({ days: current, freezes, covered, today })
        expect(await streak(id)).toMatchObject({ lastDay: facts.days.at(-1) })
      }),
      { numRuns: 60 },
    )
  })
})
