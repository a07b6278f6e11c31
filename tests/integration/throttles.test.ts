import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Counted, countTry, settleTries } from '#lib/db/queries/throttles'
import { withTenant } from '#lib/db/tenant'
import { makeSchool } from '#tests/support/factories'
import { testDatabase } from '#tests/support/database'

const { owner } = await testDatabase({ DATABASE_POOL_SIZE: '30' })

beforeAll(() => makeSchool(owner, 'north'))
beforeEach(() => owner.query('DELETE FROM "Throttle"'))

const strict: Counted = { kind: 'b.strict', key: 'k', free: 4, rule: 'wait', longest: 900 }
const soft: Counted = { kind: 'a.soft', key: 'k', free: 10, rule: 'count', calm: 60 }
const leak: Counted = { kind: 'c.leak', key: 'k', free: 10, rule: 'leak', calm: 60 }
const turn: Counted = { kind: 'd.turn', key: 'k', free: 5, rule: 'turn', pace: 4, calm: 60 }

function tryOnce(headings: Counted[] = [strict]) {
  return withTenant('north', (db) => countTry(db, headings))
}

async function failures(kind: string): Promise<number> {
  const { rows } = await owner.query<{ failures: number }>(
    'SELECT failures FROM "Throttle" WHERE kind = $1',
    [kind],
  )
  return rows[0]?.failures ?? 0
}

/** As if the last try had been so long ago. */
async function quiet(seconds: number): Promise<void> {
  await owner.query(`UPDATE "Throttle" SET "lastAt" = "lastAt" - make_interval(secs => $1)`, [seconds])
}

describe('growing delays', () => {
  test('free tries all count and none waits, however many come at the same moment', async () => {
    const tried = await Promise.all(Array.from({ length: 4 }, () => tryOnce()))
    expect(tried.flat().map(({ wait }) => wait)).toEqual([0, 0, 0, 0])
    expect(await failures(strict.kind)).toBe(4)
  })

  test('beyond them one gets through at a time, and the wait doubles up to its bound', async () => {
    const tried = await Promise.all(Array.from({ length: 25 }, () => tryOnce()))
    expect(tried.flat().filter(({ wait }) => wait === 0).length).toBeLessThanOrEqual(5)
    for (const [count, seconds] of [
      [5, 2],
      [10, 64],
      [40, 900],
    ] as const) {
      await owner.query(`UPDATE "Throttle" SET failures = $1, "lastAt" = now()`, [count])
      const [waiting] = await tryOnce()
      expect(waiting?.wait).toBeGreaterThan(seconds - 2)
      expect(waiting?.wait).toBeLessThanOrEqual(seconds)
    }
    expect(await failures(strict.kind)).toBe(40)
  })

  test('a heading that never refuses counts every try', async () => {
    await Promise.all(Array.from({ length: 30 }, () => tryOnce([soft])))
    expect(await failures(soft.kind)).toBe(30)
  })

  test('after half a day the count begins anew', async () => {
    await tryOnce()
    await owner.query(`UPDATE "Throttle" SET failures = 50, "lastAt" = now() - interval '13 hours'`)
    expect((await tryOnce())[0]?.wait).toBe(0)
    expect(await failures(strict.kind)).toBe(1)
  })

  test('counting and settling at the same moment never wait for each other', async () => {
    const settle = () =>
      withTenant('north', (db) => settleTries(db, { forgotten: [strict], takenBack: [soft] }))
    const all = Array.from({ length: 200 }, (_, n) => (n % 2 === 0 ? tryOnce([soft, strict]) : settle()))
    const outcomes = await Promise.allSettled(all)
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
  })
})

describe('a heading that forgets one by one', () => {
  test('counts on, far beyond what is free', async () => {
    await tryOnce([{ ...soft, free: 1_000 }])
    await owner.query('UPDATE "Throttle" SET failures = 1000, "lastAt" = now()')
    const [tried] = await tryOnce([{ ...soft, free: 1_000 }])
    expect(tried).toMatchObject({ failures: 1_001, wait: 0 })
  })

  test('forgets with the time that passes, and in the end all of them', async () => {
    await tryOnce([soft])
    await owner.query('UPDATE "Throttle" SET failures = 100, "lastAt" = now()')
    await quiet(600)
    expect((await tryOnce([soft]))[0]?.failures).toBe(91)
    await quiet(91 * 60)
    expect((await tryOnce([soft]))[0]?.failures).toBe(1)
  })

  test('forgets as much of tries that come often: no part of one is lost', async () => {
    await tryOnce([soft])
    await owner.query('UPDATE "Throttle" SET failures = 100, "lastAt" = now()')
    for (let n = 0; n < 8; n += 1) {
      await quiet(45)
      await tryOnce([soft])
    }
    // Six minutes have passed.
    expect(await failures(soft.kind)).toBe(100 + 8 - 6)
  })

  test('and refuses, lets the next one in as soon as one is forgotten, not later', async () => {
    for (let n = 0; n < 10; n += 1) expect((await tryOnce([leak]))[0]?.wait).toBe(0)
    const [refused] = await tryOnce([leak])
    expect(refused?.wait).toBeGreaterThan(55)
    expect(refused?.wait).toBeLessThanOrEqual(60)
    await quiet(61)
    expect((await tryOnce([leak]))[0]?.wait).toBe(0)
    expect((await tryOnce([leak]))[0]?.wait).toBeGreaterThan(50)
  })
})

describe('a turn', () => {
  test('comes at once to the free ones, and to whoever is alone', async () => {
    for (let n = 0; n < 5; n += 1) expect((await tryOnce([turn]))[0]).toMatchObject({ wait: 0, hold: 0 })
    await owner.query('UPDATE "Throttle" SET failures = 500')
    await quiet(4)
    expect((await tryOnce([turn]))[0]).toMatchObject({ wait: 0, hold: 0 })
  })

  test('comes one after another to those of the same moment, and is refused beyond ten seconds', async () => {
    await tryOnce([turn])
    await owner.query('UPDATE "Throttle" SET failures = 500')
    const tried = (await Promise.all(Array.from({ length: 30 }, () => tryOnce([turn])))).flat()
    const turns = tried
      .filter(({ wait }) => wait === 0)
      .map(({ hold }) => hold)
      .sort((a, b) => a - b)
    expect(turns.length).toBeGreaterThanOrEqual(2)
    expect(turns.length).toBeLessThanOrEqual(4)
    turns.slice(1).forEach((hold, index) => expect(hold - (turns[index] ?? 0)).toBeGreaterThan(3))
    expect(Math.max(...turns)).toBeLessThanOrEqual(10)
    for (const { wait } of tried) expect(wait).toBeLessThanOrEqual(4)
  })
})
