import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { completeSignIn } from '#lib/identity/complete-sign-in'
import { takeCode } from '#lib/identity/second-factor'
import { signInWithPassword } from '#lib/identity/sign-in-with-password'
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
  makePerson,
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
async function step(who: Someone): Promise<string> {
  const input = { email: who.email, password: PASSWORD, client: from(), locale: 'en' }
  const entered = await signInWithPassword(unitOf('north'), input)
  if (entered.kind !== 'step') throw new Error('Nobody asked for a second step.')
  return entered.token
}

const complete = (stepToken: string | null, code: string, tenantId = 'north') =>
  completeSignIn(unitOf(tenantId), { tenantId, stepToken, code, client: from(), locale: 'en' })

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
