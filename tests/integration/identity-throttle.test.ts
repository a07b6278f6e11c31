import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { withTenant } from '#lib/db/tenant'
import { signInWithPassword } from '#lib/identity/sign-in-with-password'
import { sendLink } from '#lib/identity/send-link'
import { countSignIn } from '#lib/identity/tries'
import { makeSchool } from '#tests/support/factories'
import { testDatabase } from '#tests/support/database'
import {
  forgetAll,
  from,
  letters,
  makePerson,
  PASSWORD,
  SETTINGS,
  unitOf,
  whoIs,
  WRONG,
} from './identity-support'
import { codeOf } from './people-support'

const { owner } = await testDatabase({ ...SETTINGS, DATABASE_POOL_SIZE: '20' })

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makeSchool(owner, 'south')
  await makePerson(owner, 'north', 'ann')
  await makePerson(owner, 'north', 'ben')
  await makePerson(owner, 'south', 'ann2', { email: 'ann@north.example' })
  for (let n = 0; n < 30; n += 1) await makePerson(owner, 'north', `class${String(n)}`)
})

afterEach(() => forgetAll(owner))

const into = (email: string, password: string, ip?: string, tenantId = 'north') =>
  signInWithPassword(unitOf(tenantId), { email, password, client: from(ip), locale: 'en' })

async function failures(kind: string): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    `SELECT coalesce(sum(failures), 0)::int AS n FROM "Throttle" WHERE "tenantId" = 'north' AND kind = $1`,
    [kind],
  )
  return rows[0]?.n ?? -1
}

/** As if the last try of everybody had been so long ago. */
async function wait(seconds: number): Promise<void> {
  await owner.query(`UPDATE "Throttle" SET "lastAt" = "lastAt" - make_interval(secs => $1)`, [seconds])
}

describe('wrong tries', () => {
  test('make a place wait for that account, while its owner gets in from elsewhere at once', async () => {
    for (let wrong = 0; wrong < 10; wrong += 1) {
      expect(await codeOf(into('ann@north.example', WRONG))).toBe('wrong_credentials')
      await wait(900)
    }
    expect(await codeOf(into('ann@north.example', WRONG))).toBe('wrong_credentials')
    await wait(29)
    expect(await codeOf(into('ann@north.example', PASSWORD))).toBe('rate_limited')
    const entered = await into('ann@north.example', PASSWORD, '203.0.113.9')
    expect(await whoIs('north', entered)).toMatchObject({ userId: 'ann' })
    // That was somewhere else's merit: here the wait goes on, and ends.
    expect(await codeOf(into('ann@north.example', PASSWORD))).toBe('rate_limited')
    await wait(900)
    expect(await codeOf(into('ann@north.example', PASSWORD))).toBe('done')
  })

  test('stay with their pair: another account from there, and the same address at another school, don’t wait', async () => {
    for (let wrong = 0; wrong < 6; wrong += 1) await codeOf(into('ann@north.example', WRONG))
    expect(await codeOf(into('ann@north.example', PASSWORD))).toBe('rate_limited')
    expect(await codeOf(into('ben@north.example', PASSWORD))).toBe('done')
    expect(await codeOf(into('ann@north.example', PASSWORD, undefined, 'south'))).toBe('done')
  })

  test('of an address that nobody has are counted like any other', async () => {
    for (let wrong = 0; wrong < 6; wrong += 1) await codeOf(into('nobody@north.example', WRONG))
    expect(await codeOf(into('nobody@north.example', WRONG))).toBe('rate_limited')
  })

  test('of the addresses of one IPv6 network are those of one place', async () => {
    for (let n = 0; n < 6; n += 1)
      await codeOf(into('ann@north.example', WRONG, `2001:db8:1:2::${String(n)}`))
    expect(await codeOf(into('ann@north.example', PASSWORD, '2001:db8:1:2:ffff::1'))).toBe('rate_limited')
    expect(await codeOf(into('ann@north.example', PASSWORD, '2001:db8:1:3::1'))).toBe('done')
  })

  test('a hundred at the same moment count as a hundred', async () => {
    const count = (n: number) =>
      withTenant('north', (db) =>
        countSignIn(db, { account: 'ann@north.example', ip: `198.51.100.${String(n)}` }, 'en'),
      )
    await Promise.all(Array.from({ length: 100 }, (_, n) => count(n)))
    expect(await failures('sign-in.account')).toBe(100)
    expect(await failures('sign-in.school')).toBe(100)
  })

  test('a hundred at the same moment from one place get no more guesses than one after another', async () => {
    const codes = await Promise.all(
      Array.from({ length: 100 }, () => codeOf(into('ann@north.example', WRONG))),
    )
    // Whoever is refused was not told whether the password was right.
    expect(codes.filter((code) => code === 'wrong_credentials').length).toBeLessThanOrEqual(6)
    expect(codes.filter((code) => code === 'rate_limited').length).toBeGreaterThanOrEqual(94)
  })
})

test('a class that signs in at the same moment from one place gets in, and leaves no count behind', async () => {
  const all = Array.from({ length: 30 }, (_, n) => into(`class${String(n)}@north.example`, PASSWORD))
  const entered = await Promise.all(all)
  expect(entered.every(({ kind }) => kind === 'session')).toBe(true)
  expect(await failures('sign-in.place')).toBe(0)
  expect(await failures('sign-in.school')).toBe(0)
})

describe('letters', () => {
  const ask = (email: string, ip?: string) =>
    sendLink(unitOf('north'), 'RESET_PASSWORD', { email, client: from(ip) })

  test('to one address end after a few, and the answer doesn’t say so', async () => {
    const before = (await letters(owner, 'north')).length
    for (let n = 0; n < 8; n += 1) await ask('ann@north.example', `198.51.100.${String(n)}`)
    const sent = (await letters(owner, 'north')).length - before
    expect(sent).toBeGreaterThan(0)
    expect(sent).toBeLessThan(6)
    // Somebody else's come all the same.
    await ask('ben@north.example')
    expect((await letters(owner, 'north')).length - before).toBe(sent + 1)
  })

  test('that go nowhere take as long as those that go out', async () => {
    const took: number[] = []
    for (const email of ['ann@north.example', 'nobody@north.example']) {
      const began = performance.now()
      await ask(email)
      took.push(performance.now() - began)
    }
    expect(Math.min(...took)).toBeGreaterThanOrEqual(295)
    expect(Math.abs((took[0] ?? 0) - (took[1] ?? 0))).toBeLessThan(100)
  })
})
