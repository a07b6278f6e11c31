import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { countTry, settleTries } from '#lib/db/queries/throttles'
import { withTenant } from '#lib/db/tenant'
import { makeSchool } from '#tests/support/factories'
import { testDatabase } from '#tests/support/database'

const { owner } = await testDatabase({ DATABASE_POOL_SIZE: '30' })

beforeAll(() => makeSchool(owner, 'north'))
beforeEach(() => owner.query('DELETE FROM "Throttle"'))

const strict = { kind: 'b.strict', key: 'k', free: 4, longest: 900 }
const soft = { kind: 'a.soft', key: 'k', free: 10, longest: 0 }

function tryOnce(headings = [strict]) {
  return withTenant('north', (db) => countTry(db, headings))
}

async function failures(kind: string): Promise<number> {
  const { rows } = await owner.query<{ failures: number }>(
    'SELECT failures FROM "Throttle" WHERE kind = $1',
    [kind],
  )
  return rows[0]?.failures ?? 0
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
