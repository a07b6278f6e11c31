import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sessionTokenHash } from '#lib/adapters/keys/session-token'
import { signInWithPassword } from '#lib/identity/sign-in-with-password'
import { makeSchool } from '#tests/support/factories'
import { testDatabase } from '#tests/support/database'
import {
  forgetAll,
  from,
  giveFactor,
  letters,
  makePerson,
  OTHER_PASSWORD,
  PASSWORD,
  SETTINGS,
  unitOf,
  whoIs,
  WRONG,
} from './identity-support'
import { codeOf, fieldsOf } from './people-support'

const { owner } = await testDatabase(SETTINGS)

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makeSchool(owner, 'south')
  await makePerson(owner, 'north', 'ann')
  await makePerson(owner, 'north', 'dis', { disabled: true })
  await makePerson(owner, 'north', 'del', { deleted: true })
  await makePerson(owner, 'north', 'non', { password: null })
  await makePerson(owner, 'north', 'unv', { verified: false })
  await makePerson(owner, 'north', 'twin1', { email: 'twin@both.example' })
  await makePerson(owner, 'south', 'twin2', { email: 'twin@both.example', password: OTHER_PASSWORD })
})

afterEach(() => forgetAll(owner))

const into = (tenantId: string, email: string, password: string, ip?: string) =>
  signInWithPassword(unitOf(tenantId), { email, password, client: from(ip), locale: 'en' })

async function sessions(): Promise<number> {
  const { rows } = await owner.query<{ n: number }>('SELECT count(*)::int AS n FROM "Session"')
  return rows[0]?.n ?? -1
}

describe('address and password', () => {
  test('let their owner in, under a session whose token the database doesn’t hold', async () => {
    const entered = await into('north', 'ann@north.example', PASSWORD)
    expect(entered.kind).toBe('session')
    expect(await whoIs('north', entered)).toMatchObject({ userId: 'ann', secondFactor: false })
    const { rows } = await owner.query('SELECT to_jsonb(s)::text AS row FROM "Session" s')
    expect(JSON.stringify(rows)).not.toContain(entered.token)
    const { rows: audit } = await owner.query(
      `SELECT action FROM "AuditLog" WHERE "tenantId" = 'north' AND "actorId" = 'ann'`,
    )
    expect(audit).toEqual([{ action: 'auth.signed-in' }])
  })

  test.each([
    ['a wrong password', 'ann@north.example', WRONG],
    ['an address that nobody has', 'nobody@north.example', PASSWORD],
    ['somebody who is disabled', 'dis@north.example', PASSWORD],
    ['somebody who was removed', 'del@north.example', PASSWORD],
    ['somebody who has no password', 'non@north.example', '!'],
    ['somebody of another school', 'twin@both.example', OTHER_PASSWORD],
    ['the password of somebody who isn’t confirmed, given wrong', 'unv@north.example', WRONG],
  ])('%s gets the one answer that tells nothing, and nobody in', async (_name, email, password) => {
    const before = await sessions()
    const told = (await letters(owner, 'north')).length
    const work = into('north', email, password)
    expect(await codeOf(work)).toBe('wrong_credentials')
    expect(await fieldsOf(work)).toEqual({})
    expect(await sessions()).toBe(before)
    expect(await letters(owner, 'north')).toHaveLength(told)
  })

  test('of somebody who isn’t confirmed send the letter again, and let nobody in', async () => {
    const before = await sessions()
    const work = into('north', 'unv@north.example', PASSWORD)
    expect(await fieldsOf(work)).toEqual({ form: expect.stringContaining('unv@north.example') as unknown })
    expect(await sessions()).toBe(before)
    expect((await letters(owner, 'north')).at(-1)?.kind).toBe('mail.verify-email')
  })

  test('of one address in two schools are two people’s, with two passwords', async () => {
    expect(await whoIs('north', await into('north', 'twin@both.example', PASSWORD))).toMatchObject({
      userId: 'twin1',
    })
    expect(await whoIs('south', await into('south', 'twin@both.example', OTHER_PASSWORD))).toMatchObject({
      userId: 'twin2',
    })
    expect(await codeOf(into('south', 'twin@both.example', PASSWORD))).toBe('wrong_credentials')
  })

  test.each([
    ['the same person', 'ann@north.example'],
    ['another one', 'twin@both.example'],
  ])('end the session that the browser held, for %s', async (_name, email) => {
    const [held, elsewhere] = [
      await into('north', 'ann@north.example', PASSWORD),
      await into('north', 'ann@north.example', PASSWORD),
    ]
    const client = { ...from(), sessionHash: sessionTokenHash(held.token) }
    const entered = await signInWithPassword(unitOf('north'), {
      email,
      password: PASSWORD,
      client,
      locale: 'en',
    })
    expect(await whoIs('north', entered)).toMatchObject({ email })
    expect(await whoIs('north', held)).toBeNull()
    expect(await whoIs('north', elsewhere)).toMatchObject({ userId: 'ann' })
  })

  test('given wrong end no session', async () => {
    const held = await into('north', 'ann@north.example', PASSWORD)
    const client = { ...from(), sessionHash: sessionTokenHash(held.token) }
    const input = { email: 'ann@north.example', password: WRONG, client, locale: 'en' }
    expect(await codeOf(signInWithPassword(unitOf('north'), input))).toBe('wrong_credentials')
    // Nor does a session's hash end anything in another school.
    const twin = { email: 'twin@both.example', password: OTHER_PASSWORD, client, locale: 'en' }
    await signInWithPassword(unitOf('south'), twin)
    expect(await whoIs('north', held)).toMatchObject({ userId: 'ann' })
  })

  test('open a session that is nobody’s in another school', async () => {
    const entered = await into('north', 'ann@north.example', PASSWORD)
    expect(await whoIs('south', entered)).toBeNull()
  })

  test('lead to a second step where there is a second factor, and to no session', async () => {
    await makePerson(owner, 'north', 'two')
    await giveFactor('north', 'two')
    const before = await sessions()
    expect((await into('north', 'two@north.example', PASSWORD)).kind).toBe('step')
    expect(await sessions()).toBe(before)
  })
})

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

test('the time of the answer doesn’t tell an address that is known from one that isn’t', async () => {
  const took = { known: [] as number[], unknown: [] as number[] }
  // Interleaved, and each from a place of its own, so that neither the machine's mood nor the throttle decides.
  for (let round = 0; round < 60; round += 1) {
    const kinds = round % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
    for (const kind of kinds) {
      const email = kind === 'known' ? 'ann@north.example' : `nobody${String(round % 4)}@north.example`
      if (round % 5 === 0) await forgetAll(owner)
      const began = performance.now()
      await codeOf(into('north', email, WRONG, `198.51.100.${String(round)}`))
      took[kind].push(performance.now() - began)
    }
  }
  // Pair by pair, and as a share of the whole: whoever skipped the hash would be done in a tenth of the time.
  const apart = median(took.known.map((time, round) => time - (took.unknown[round] ?? 0)))
  expect(Math.abs(apart) / median(took.unknown)).toBeLessThan(0.15)
})
