import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { completeSignIn } from '#lib/identity/complete-sign-in'
import { takeCode } from '#lib/identity/second-factor'
import { newKnownBrowser } from '#lib/adapters/keys/known-browser'
import { resetPassword } from '#lib/identity/reset-password'
import { signInWithPassword } from '#lib/identity/sign-in-with-password'
import type { Client, Unit } from '#lib/identity/unit'
import { withTenant } from '#lib/db/tenant'
import { makeSchool } from '#tests/support/factories'
import { testDatabase } from '#tests/support/database'
import {
  codeAt,
  type Factor,
  forgetAll,
  from,
  giveFactor,
  letters,
  makeLink,
  makePerson,
  OTHER_PASSWORD,
  PASSWORD,
  SETTINGS,
  unitOf,
  whoIs,
} from './identity-support'
import { codeOf } from './people-support'

const { owner } = await testDatabase(SETTINGS)

let count = 0

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makeSchool(owner, 'south')
})

afterEach(() => forgetAll(owner))

type Someone = Readonly<{ userId: string; email: string; factor: Factor }>

async function someone(): Promise<Someone> {
  count += 1
  const userId = `p${String(count)}`
  const email = await makePerson(owner, 'north', userId)
  return { userId, email, factor: await giveFactor('north', userId) }
}

/** The first step, taken. */
async function step(who: Someone, ip?: string): Promise<string> {
  const input = { email: who.email, password: PASSWORD, client: from(ip), locale: 'en' }
  const entered = await signInWithPassword(unitOf('north'), input)
  if (entered.kind !== 'step') throw new Error('Nobody asked for a second step.')
  return entered.token
}

const complete = (stepToken: string | null, code: string, tenantId = 'north', client: Client = from()) =>
  completeSignIn(unitOf(tenantId), { tenantId, stepToken, code, client, locale: 'en' })

/** A code that isn't right now, nor a step before or after. */
function wrongCode(secret: string): string {
  const right = new Set([-1, 0, 1].map((steps) => codeAt(secret, steps)))
  return ['000000', '111111', '222222', '333333'].find((code) => !right.has(code)) ?? ''
}

describe('the code of an app', () => {
  test('completes a sign-in, whatever spaces it was typed with', async () => {
    const who = await someone()
    const code = codeAt(who.factor.secret)
    const token = await complete(await step(who), `${code.slice(0, 3)} ${code.slice(3)}`)
    const row = await whoIs('north', token)
    expect(row).toMatchObject({ userId: who.userId })
    expect(row?.secondFactorAt).toBeInstanceOf(Date)
  })

  test.each([-1, 1])('of the step %i beside it is taken, for clocks that are a little off', async (steps) => {
    const who = await someone()
    expect(await codeOf(complete(await step(who), codeAt(who.factor.secret, steps)))).toBe('done')
  })

  test.each([-3, 3])('of the step %i away is not', async (steps) => {
    const who = await someone()
    expect(await codeOf(complete(await step(who), codeAt(who.factor.secret, steps)))).toBe(
      'wrong_credentials',
    )
  })

  test('is taken once: not again with a new first step, nor one of a step before it', async () => {
    const who = await someone()
    const now = Date.now()
    const code = codeAt(who.factor.secret)
    expect(await codeOf(complete(await step(who), code))).toBe('done')
    expect(await codeOf(complete(await step(who), code))).toBe('wrong_credentials')
    const earlier = { userId: who.userId, code: codeAt(who.factor.secret, -1), now }
    expect(await withTenant('north', (db) => takeCode(db, earlier))).toBe(false)
  })

  test('is taken once of many at the same moment', async () => {
    const who = await someone()
    const first = await step(who)
    const code = codeAt(who.factor.secret)
    const codes = await Promise.all(Array.from({ length: 5 }, () => codeOf(complete(first, code))))
    expect(codes.filter((one) => one === 'done')).toHaveLength(1)
  })
})

describe('the first step', () => {
  test('is used up by the second one', async () => {
    const who = await someone()
    const first = await step(who)
    await complete(first, codeAt(who.factor.secret))
    const recovery = who.factor.recoveryCodes[0] ?? ''
    expect(await codeOf(complete(first, recovery))).toBe('unauthenticated')
  })

  test('ends after five wrong codes, also for the right one', async () => {
    const who = await someone()
    const first = await step(who)
    for (let wrong = 0; wrong < 5; wrong += 1) {
      expect(await codeOf(complete(first, wrongCode(who.factor.secret)))).toBe('wrong_credentials')
    }
    await forgetAll(owner)
    expect(await codeOf(complete(first, codeAt(who.factor.secret)))).toBe('unauthenticated')
  })

  test('taken again doesn’t give new tries: wrong codes of a person are counted', async () => {
    const who = await someone()
    const codes: string[] = []
    for (let n = 0; n < 8; n += 1)
      codes.push(await codeOf(complete(await step(who), wrongCode(who.factor.secret))))
    expect(codes.filter((code) => code === 'wrong_credentials').length).toBeLessThanOrEqual(6)
    expect(codes.at(-1)).toBe('rate_limited')
  })

  test('of too long ago, forged, missing, or of another school opens nothing', async () => {
    const who = await someone()
    const first = await step(who)
    const code = codeAt(who.factor.secret)
    for (const token of [null, '', 'x.y', `${first.split('.')[0] ?? ''}.AAAA`]) {
      expect(await codeOf(complete(token, code))).toBe('unauthenticated')
    }
    expect(await codeOf(complete(first, code, 'south'))).toBe('unauthenticated')
    await owner.query('UPDATE "VerificationToken" SET "expiresAt" = now() WHERE "userId" = $1', [who.userId])
    expect(await codeOf(complete(first, code))).toBe('unauthenticated')
  })

  test('is worth nothing once its person is disabled', async () => {
    const who = await someone()
    const first = await step(who)
    await owner.query('UPDATE "User" SET "disabledAt" = now() WHERE id = $1', [who.userId])
    expect(await codeOf(complete(first, codeAt(who.factor.secret)))).toBe('unauthenticated')
  })

  test('takes no code of somebody else’s app', async () => {
    const [who, other] = [await someone(), await someone()]
    expect(await codeOf(complete(await step(who), codeAt(other.factor.secret)))).toBe('wrong_credentials')
    expect(await codeOf(complete(await step(who), other.factor.recoveryCodes[0] ?? ''))).toBe(
      'wrong_credentials',
    )
  })
})

test('a recovery code stands in for the app, once, however it is typed, and its owner is told', async () => {
  const who = await someone()
  const code = (who.factor.recoveryCodes[3] ?? '').replaceAll('-', ' ').toUpperCase()
  expect(await codeOf(complete(await step(who), code))).toBe('done')
  expect((await letters(owner, 'north')).at(-1)?.payload).toEqual({
    userId: who.userId,
    what: 'recovery-codes-used',
  })
  expect(await codeOf(complete(await step(who), code))).toBe('wrong_credentials')
})

describe('whoever knows the password but has no code', () => {
  test('can’t end the owner’s step with steps of their own', async () => {
    const who = await someone()
    const owners = await step(who)
    for (let n = 0; n < 12; n += 1) await step(who, `10.${String(n)}.0.1`)
    expect(await codeOf(complete(owners, codeAt(who.factor.secret)))).toBe('done')
  })

  test('can’t make steps without end', async () => {
    const who = await someone()
    for (let n = 0; n < 20; n += 1) await step(who)
    expect(await codeOf(step(who))).toBe('rate_limited')
    expect(await codeOf(step(who, '203.0.113.9'))).toBe('done')
  })

  test('can’t keep the owner from their codes by wrong ones, sent from elsewhere', async () => {
    const who = await someone()
    const wrong = wrongCode(who.factor.secret)
    for (let n = 0; n < 9; n += 1)
      await codeOf(complete(await step(who, '10.1.0.1'), wrong, 'north', from('10.1.0.1')))
    const again = await step(who, '10.1.0.1')
    expect(await codeOf(complete(again, wrong, 'north', from('10.1.0.1')))).toBe('rate_limited')
    expect(await codeOf(complete(await step(who), codeAt(who.factor.secret)))).toBe('done')
  })

  test('can’t guess codes from very many places, and a browser of the owner’s gets in all the same', async () => {
    const who = await someone()
    const wrong = wrongCode(who.factor.secret)
    await codeOf(complete(await step(who), wrong))
    await owner.query(`UPDATE "Throttle" SET failures = 100 WHERE kind = 'second-factor.person'`)
    const code = codeAt(who.factor.secret)
    const elsewhere = from('203.0.113.9')
    expect(await codeOf(complete(await step(who), code, 'north', elsewhere))).toBe('rate_limited')
    const known = newKnownBrowser({ tenantId: 'north', userId: who.userId })
    expect(await codeOf(complete(await step(who), code, 'north', { ...elsewhere, known }))).toBe('done')
  })
})

describe('a sign-in that is under way when the password changes', () => {
  async function reset(userId: string, email: string): Promise<void> {
    const link = await makeLink(owner, { tenantId: 'north', userId, purpose: 'reset-password', email })
    const rest = { client: from(), locale: 'en', schoolName: 'North' }
    await resetPassword(unitOf('north'), { token: link, password: OTHER_PASSWORD, ...rest })
  }

  /** Units of which the second, which lets in, comes after what happens meanwhile. */
  function interrupted(meanwhile: () => Promise<unknown>): Unit {
    let units = 0
    return async (query) => {
      units += 1
      if (units === 2) await meanwhile()
      return unitOf('north')(query)
    }
  }

  const signIn = (unit: Unit, email: string) =>
    signInWithPassword(unit, { email, password: PASSWORD, client: from(), locale: 'en' })

  async function open(userId: string): Promise<number> {
    const { rows } = await owner.query<{ n: number }>(
      `SELECT (SELECT count(*) FROM "Session" WHERE "userId" = $1)::int
        + (SELECT count(*) FROM "VerificationToken" WHERE "userId" = $1 AND "usedAt" IS NULL)::int AS n`,
      [userId],
    )
    return rows[0]?.n ?? -1
  }

  test('comes to nothing: no session of the old password outlives it', async () => {
    const email = await makePerson(owner, 'north', 'plain1')
    expect(
      await codeOf(
        signIn(
          interrupted(() => reset('plain1', email)),
          email,
        ),
      ),
    ).toBe('wrong_credentials')
    expect(await open('plain1')).toBe(0)
  })

  test('comes to no second step either', async () => {
    const { userId, email } = await someone()
    expect(
      await codeOf(
        signIn(
          interrupted(() => reset(userId, email)),
          email,
        ),
      ),
    ).toBe('wrong_credentials')
    expect(await open(userId)).toBe(0)
  })

  test('finds what else has changed: disabled, deleted, and a second factor set up', async () => {
    for (const column of ['disabledAt', 'deletedAt']) {
      const id = `plain-${column}`.toLowerCase()
      const email = await makePerson(owner, 'north', id)
      const change = () => owner.query(`UPDATE "User" SET "${column}" = now() WHERE id = $1`, [id])
      expect(await codeOf(signIn(interrupted(change), email))).toBe('wrong_credentials')
      expect(await open(id)).toBe(0)
    }
    const email = await makePerson(owner, 'north', 'plain2')
    const entered = await signIn(
      interrupted(() => giveFactor('north', 'plain2')),
      email,
    )
    expect(entered.kind).toBe('step')
  })

  test('waits at its second step for a change that has begun, and then comes to nothing', async () => {
    const who = await someone()
    const first = await step(who)
    const change = await owner.connect()
    await change.query('BEGIN')
    await change.query(`UPDATE "User" SET password = '!' WHERE id = $1`, [who.userId])
    const second = codeOf(complete(first, codeAt(who.factor.secret)))
    await sleep(300)
    await change.query(`DELETE FROM "Session" WHERE "userId" = $1`, [who.userId])
    await change.query(`UPDATE "VerificationToken" SET "usedAt" = now() WHERE "userId" = $1`, [who.userId])
    await change.query('COMMIT')
    change.release()
    expect(await second).toBe('unauthenticated')
    expect(await open(who.userId)).toBe(0)
  })
})
