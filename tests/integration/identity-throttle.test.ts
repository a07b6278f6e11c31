import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newKnownBrowser } from '#lib/adapters/keys/known-browser'
import { isPassword } from '#lib/adapters/passwords/passwords'
import { withTenant } from '#lib/db/tenant'
import { signInWithPassword } from '#lib/identity/sign-in-with-password'
import { sendLink } from '#lib/identity/send-link'
import { signUp } from '#lib/identity/sign-up'
import { countSignIn, settleSignIn } from '#lib/identity/tries'
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

const into = (
  email: string,
  password: string,
  ip?: string,
  tenantId = 'north',
  known: string | null = null,
) => signInWithPassword(unitOf(tenantId), { email, password, client: { ...from(ip), known }, locale: 'en' })

async function failures(kind: string): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    `SELECT coalesce(sum(failures), 0)::int AS n FROM "Throttle" WHERE "tenantId" = 'north' AND kind = $1`,
    [kind],
  )
  return rows[0]?.n ?? -1
}

/** Counts a try, whose outcome stays open. @returns seconds that it is held back for; null when it is refused */
const count = (ip: string, account = 'ann@north.example', device: string | null = null) =>
  withTenant('north', (db) => countSignIn(db, { account, ip, device }, 'en')).then(
    ({ hold }) => hold,
    () => null,
  )

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
    await Promise.all(
      Array.from({ length: 100 }, (_, n) => count(`198.51.${String(n)}.1`, `${String(n)}@north.example`)),
    )
    expect(await failures('sign-in.pair')).toBe(100)
    // A school forgets one a second.
    expect(await failures('sign-in.school')).toBeGreaterThan(85)
  })

  test('a hundred at the same moment from one place get no more guesses than one after another', async () => {
    const codes = await Promise.all(
      Array.from({ length: 100 }, () => codeOf(into('ann@north.example', WRONG))),
    )
    // Whoever is refused was not told whether the password was right.
    expect(codes.filter((code) => code === 'wrong_credentials').length).toBeLessThanOrEqual(6)
    expect(codes).toContain('rate_limited')
  })
})

test('a class that signs in at the same moment from one place gets in, and leaves no count behind', async () => {
  const all = Array.from({ length: 30 }, (_, n) => into(`class${String(n)}@north.example`, PASSWORD))
  const entered = await Promise.all(all)
  expect(entered.every(({ kind }) => kind === 'session')).toBe(true)
  expect(await failures('sign-in.place')).toBe(0)
  expect(await failures('sign-in.school')).toBe(0)
})

describe('guessing from many places', () => {
  test('of one IPv6 customer is soon refused: 65,536 places are one network', async () => {
    for (let n = 0; n < 20; n += 1) expect(await count(`2001:db8:1:${n.toString(16)}::1`)).not.toBeNull()
    expect(await count('2001:db8:1:ffff::1')).toBeNull()
    expect(await count('2001:db8:2::1')).not.toBeNull()
  })

  test('of one IPv4 /24 is soon refused, at all accounts together later', async () => {
    for (let n = 0; n < 30; n += 1) await count(`198.51.100.${String(n)}`)
    expect(await count('198.51.100.99')).toBeNull()
    expect(await count('198.51.100.99', 'ben@north.example')).not.toBeNull()
    await owner.query(`UPDATE "Throttle" SET failures = 1500 WHERE kind = 'sign-in.network'`)
    expect(await count('198.51.100.99', 'class1@north.example')).toBeNull()
    await wait(10)
    expect(await count('198.51.100.99', 'class1@north.example')).not.toBeNull()
  })

  test('gets answers one after another, however many places guess at the same moment', async () => {
    const places = Array.from({ length: 200 }, (_, n) => `10.${String(n)}.0.1`)
    const holds = (await Promise.all(places.map((ip) => count(ip)))).filter((hold) => hold !== null)
    // Twenty are free, and what the next ten seconds have room for.
    expect(holds.length).toBeLessThan(35)
    expect(Math.max(...holds)).toBeGreaterThan(4)
    expect(Math.max(...holds)).toBeLessThanOrEqual(10)
    // What was refused was not counted either.
    expect(await failures('sign-in.turn')).toBe(holds.length)
  })

  test('that have guessed before doesn’t keep somebody out who comes from elsewhere', async () => {
    for (let round = 0; round < 4; round += 1)
      for (let n = 0; n < 12; n += 1) {
        await count(`10.${String(n)}.0.1`)
        await owner.query(
          `UPDATE "Throttle" SET "lastAt" = "lastAt" - interval '8 seconds' WHERE kind = 'sign-in.turn'`,
        )
      }
    await owner.query(`UPDATE "Throttle" SET failures = 500 WHERE kind = 'sign-in.turn'`)
    await wait(8)
    const again = (ip: string) => count(ip)
    await Promise.all(Array.from({ length: 12 }, (_, n) => again(`10.${String(n)}.0.2`)))
    expect(await again('10.3.0.3')).toBeNull()
    const entered = await into('ann@north.example', PASSWORD, '203.0.113.9')
    expect(await whoIs('north', entered)).toMatchObject({ userId: 'ann' })
  })

  test('once it is over keeps nobody waiting, however many were wrong', async () => {
    await count('10.1.0.1')
    await owner.query(`UPDATE "Throttle" SET failures = 1000, "lastAt" = now() WHERE kind = 'sign-in.turn'`)
    expect(await count('203.0.113.9')).toBe(0)
  })
})

describe('a school where very many tries are wrong', () => {
  test('answers later, and at once again when it has been quiet', async () => {
    await count('10.1.0.1', 'a@north.example')
    await owner.query(`UPDATE "Throttle" SET failures = 1100 WHERE kind = 'sign-in.school'`)
    expect(await count('10.2.0.1', 'b@north.example')).toBe(4)
    await wait(50)
    expect(await count('10.3.0.1', 'c@north.example')).toBe(4)
    await wait(60)
    expect(await count('10.4.0.1', 'd@north.example')).toBe(0)
  })
})

describe('a browser that somebody has signed in with before', () => {
  const known = (userId: string, tenantId = 'north') => newKnownBrowser({ tenantId, userId })

  /** Everybody behind one address is refused at this account. */
  async function shutOut(): Promise<void> {
    for (let n = 0; n < 4; n += 1) await codeOf(into('ann@north.example', WRONG))
    await owner.query(`UPDATE "Throttle" SET failures = 12, "lastAt" = now() WHERE kind = 'sign-in.pair'`)
    expect(await codeOf(into('ann@north.example', PASSWORD))).toBe('rate_limited')
  }

  test('gets in from behind the address that somebody guesses from', async () => {
    await shutOut()
    const entered = await into('ann@north.example', PASSWORD, undefined, 'north', known('ann'))
    expect(await whoIs('north', entered)).toMatchObject({ userId: 'ann' })
    // The stranger's wait goes on.
    expect(await codeOf(into('ann@north.example', PASSWORD))).toBe('rate_limited')
  })

  test('doesn’t stand in line with those who guess', async () => {
    await count('10.1.0.1')
    await owner.query(
      `UPDATE "Throttle" SET failures = 500, "lastAt" = now() + interval '60 s' WHERE kind = 'sign-in.turn'`,
    )
    expect(await count('203.0.113.9')).toBeNull()
    expect(await count('203.0.113.9', 'ann@north.example', 'a-browser')).toBe(0)
  })

  test('is known for one person of one school, and as long as nobody changes a letter of it', async () => {
    await shutOut()
    const right = known('ann')
    const wrong = [known('ben'), known('ann', 'south'), `${right}x`, right.replace('.', '..'), 'x', '']
    for (const text of wrong)
      expect(await codeOf(into('ann@north.example', PASSWORD, undefined, 'north', text))).toBe('rate_limited')
  })

  test('counts for nothing after ten wrong passwords', async () => {
    await shutOut()
    const text = known('ann')
    for (let n = 0; n < 10; n += 1)
      expect(await codeOf(into('ann@north.example', WRONG, undefined, 'north', text))).toBe(
        'wrong_credentials',
      )
    expect(await codeOf(into('ann@north.example', PASSWORD, undefined, 'north', text))).toBe('rate_limited')
    // Another one of hers does.
    expect(await codeOf(into('ann@north.example', PASSWORD, undefined, 'north', known('ann')))).toBe('done')
  })

  test('counting and settling at the same moment never wait for each other', async () => {
    const one = async (n: number): Promise<void> => {
      const at = {
        account: 'ann@north.example',
        ip: `10.${String(n % 7)}.0.1`,
        device: n % 2 === 0 ? 'd' : null,
      }
      const tried = await withTenant('north', (db) => countSignIn(db, at, 'en'))
      await withTenant('north', (db) => settleSignIn(db, tried))
    }
    const codes = await Promise.all(Array.from({ length: 80 }, (_, n) => codeOf(one(n))))
    expect(new Set(codes.filter((code) => code !== 'done' && code !== 'rate_limited'))).toEqual(new Set())
  })
})

test('a try that couldn’t be checked, because too many stand in line, is no wrong one', async () => {
  let full = true
  const stand = async (): Promise<void> => {
    while (full) await isPassword(null, 'anything')
  }
  // As many as may stand in line and inside: whoever is through joins the end again at once.
  const line = Array.from({ length: 302 }, stand)
  const tries = Array.from({ length: 4 }, () => codeOf(into('ann@north.example', PASSWORD)))
  const codes = await Promise.all(tries)
  full = false
  await Promise.all(line)
  expect(new Set(codes)).toEqual(new Set(['unavailable']))
  const { rows } = await owner.query<{ n: number }>('SELECT sum(failures)::int AS n FROM "Throttle"')
  expect(rows[0]?.n).toBe(0)
  expect(await codeOf(into('ann@north.example', PASSWORD))).toBe('done')
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

  const sent = async (work: () => Promise<unknown>): Promise<number> => {
    const before = (await letters(owner, 'north')).length
    await work()
    return (await letters(owner, 'north')).length - before
  }

  test('of one kind don’t use up those of another: nobody’s sign-ups shut a reset up', async () => {
    const school = { signUp: 'OPEN', mailDomains: [] } as const
    const who = { name: 'Ann', email: 'ann@north.example', locale: 'en', school }
    for (let n = 0; n < 12; n += 1)
      await signUp(unitOf('north'), { ...who, client: from(`198.51.${String(n)}.1`) })
    expect(await sent(() => ask('ann@north.example'))).toBe(1)
  })

  test('that one place asks for in vain take nothing from those that others ask for', async () => {
    for (let n = 0; n < 12; n += 1) await ask('ann@north.example', '198.51.100.1')
    expect(await sent(() => ask('ann@north.example', '203.0.113.9'))).toBe(1)
  })

  test('to one address come again when some time has passed', async () => {
    for (let n = 0; n < 8; n += 1) await ask('ann@north.example', `198.51.100.${String(n)}`)
    expect(await sent(() => ask('ann@north.example', '203.0.113.9'))).toBe(0)
    await wait(16 * 60)
    expect(await sent(() => ask('ann@north.example', '203.0.113.9'))).toBe(1)
  })

  test('to the people of one house all go out, and a house that asked for too many isn’t shut out for long', async () => {
    await ask('ann@north.example')
    const set = `UPDATE "Throttle" SET failures = $1, "lastAt" = now() WHERE kind = 'letter.place'`
    await owner.query(set, [250])
    expect(await sent(() => ask('class1@north.example'))).toBe(1)
    await owner.query(set, [300])
    expect(await sent(() => ask('class2@north.example'))).toBe(0)
    await wait(60)
    expect(await sent(() => ask('class3@north.example'))).toBe(1)
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
