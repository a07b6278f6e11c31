import { Secret, TOTP } from 'otpauth'
import { beforeAll, describe, expect, test } from 'vitest'
import { unseal } from '#lib/adapters/keys/keys'
import { confirmFactor, dropFactor, replaceCodes, startFactor } from '#lib/account/second-factor'
import { countRecoveryCodes, findFactor } from '#lib/db/queries/second-factors'
import { withRealm } from '#lib/db/tenant'
import { takeRecoveryCode } from '#lib/identity/second-factor'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import {
  A_TEXT,
  givePassword,
  isSignedIn,
  letters,
  PASSWORD,
  SETTINGS,
  type SignedIn,
  signIn,
  withoutCounts,
} from './account-support'

const { owner } = await testDatabase(SETTINGS)

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'ann', { count: 10 })
  await makePeople(owner, 'south', 'sam')
})

/** The code that the person's app shows, `steps` half minutes from now. */
async function codeOf(userId: string, steps = 0): Promise<string> {
  const factor = await withRealm('north', (db) => findFactor(db, userId))
  const secret = Secret.fromBase32(unseal('second-factor', `north/${userId}`, factor?.secret ?? ''))
  return new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 })
}

/** A code that is right neither now nor in the neighbouring steps. */
async function wrongCodeOf(userId: string): Promise<string> {
  const right = await Promise.all([-2, -1, 0, 1, 2].map((steps) => codeOf(userId, steps)))
  return (
    ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code)) ?? ''
  )
}

async function begun(userId: string): Promise<SignedIn> {
  await givePassword(owner, 'north', userId)
  const device = await signIn('north', userId)
  await startFactor(device.account, 'School north')
  return device
}

async function switchedOn(userId: string): Promise<{ device: SignedIn; codes: string[] }> {
  const device = await begun(userId)
  // The step before, so that this step's code is still good for what comes next.
  return { device, codes: await confirmFactor(device.account, await codeOf(userId, -1)) }
}

const factorOf = (userId: string) => withRealm('north', (db) => findFactor(db, userId))

describe('switching on', () => {
  test('asks nothing of anybody until a right code confirms it', async () => {
    const device = await begun('ann0')
    expect(await factorOf('ann0')).toMatchObject({ confirmed: false })
    expect(await isSignedIn('north', device)).toBe(true)
    const wrong = confirmFactor(device.account, await wrongCodeOf('ann0'))
    await expect(wrong).rejects.toMatchObject({
      code: 'wrong_credentials',
      fields: { code: A_TEXT },
    })
    expect(await factorOf('ann0')).toMatchObject({ confirmed: false })
  })

  test('ends the other devices, keeps this one, gives ten codes, and is told', async () => {
    const device = await begun('ann1')
    const other = await signIn('north', 'ann1')
    const codes = await confirmFactor(device.account, await codeOf('ann1'))
    expect(new Set(codes).size).toBe(10)
    expect(await isSignedIn('north', device)).toBe(true)
    expect(await isSignedIn('north', other)).toBe(false)
    const stored = await owner.query(`SELECT "codeHash" FROM "RecoveryCode" WHERE "userId" = 'ann1'`)
    expect(JSON.stringify(stored.rows)).not.toContain(codes[0])
    expect((await letters(owner, 'north')).at(-1)?.payload).toEqual({
      userId: 'ann1',
      what: 'second-factor-on',
    })
  })

  test('also keeps a device that had shown no second factor before, since it has now', async () => {
    const device = await begun('ann7')
    await owner.query(`UPDATE "Session" SET "secondFactorAt" = NULL WHERE "userId" = 'ann7'`)
    await confirmFactor(device.account, await codeOf('ann7'))
    expect(await isSignedIn('north', device)).toBe(true)
  })

  test('a standing one is neither begun anew nor confirmed again', async () => {
    const { device } = await switchedOn('ann2')
    const before = await withoutCounts(owner, 'north')
    await expect(startFactor(device.account, 'School north')).rejects.toMatchObject({ code: 'conflict' })
    const again = confirmFactor(device.account, await codeOf('ann2'))
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
    expect(await withoutCounts(owner, 'north')).toBe(before)
  })

  test('wrong codes stay counted, and soon have to wait', async () => {
    const { account } = await begun('ann3')
    const wrong = await wrongCodeOf('ann3')
    const codes: unknown[] = []
    for (let n = 0; n < 8; n += 1) {
      codes.push(
        await confirmFactor(account, wrong).catch((error: unknown) => (error as { code: string }).code),
      )
    }
    expect(codes[0]).toBe('wrong_credentials')
    expect(codes.at(-1)).toBe('rate_limited')
    await expect(confirmFactor(account, await codeOf('ann3'))).rejects.toMatchObject({ code: 'rate_limited' })
    expect(await factorOf('ann3')).toMatchObject({ confirmed: false })
  })
})

describe('switching off', () => {
  test('needs the password and a code: one without the other changes nothing', async () => {
    const { device, codes } = await switchedOn('ann4')
    const before = await withoutCounts(owner, 'north')
    const drop = (current: string, code: string) => dropFactor(device.account, { current, code })
    await expect(drop('wrong', await codeOf('ann4'))).rejects.toMatchObject({
      fields: { current: A_TEXT },
    })
    await expect(drop('', codes[0] ?? '')).rejects.toMatchObject({ fields: { current: A_TEXT } })
    await expect(drop(PASSWORD, await wrongCodeOf('ann4'))).rejects.toMatchObject({
      fields: { code: A_TEXT },
    })
    expect(await withoutCounts(owner, 'north')).toBe(before)
    await drop(PASSWORD, await codeOf('ann4'))
    expect(await factorOf('ann4')).toBeNull()
    expect(await withRealm('north', (db) => countRecoveryCodes(db, 'ann4'))).toBe(0)
    expect(await isSignedIn('north', device)).toBe(true)
    expect((await letters(owner, 'north')).at(-1)?.payload).toEqual({
      userId: 'ann4',
      what: 'second-factor-off',
    })
  })

  test('a recovery code stands in for a lost phone, a code that was used does not', async () => {
    const { device, codes } = await switchedOn('ann5')
    const used = codes[1] ?? ''
    await withRealm('north', (db) => takeRecoveryCode(db, { userId: 'ann5', code: used }))
    const drop = (code: string) => dropFactor(device.account, { current: PASSWORD, code })
    await expect(drop(used)).rejects.toMatchObject({ code: 'wrong_credentials' })
    await drop(codes[0] ?? '')
    expect(await factorOf('ann5')).toBeNull()
  })
})

describe('recovery codes', () => {
  test('new ones need the password; the old ones are worth nothing from then on', async () => {
    const { device, codes } = await switchedOn('ann6')
    await expect(replaceCodes(device.account, 'wrong')).rejects.toMatchObject({ code: 'wrong_credentials' })
    const renewed = await replaceCodes(device.account, PASSWORD)
    expect(renewed).toHaveLength(10)
    expect(renewed.filter((code) => codes.includes(code))).toEqual([])
    const take = (code: string) => withRealm('north', (db) => takeRecoveryCode(db, { userId: 'ann6', code }))
    expect(await take(codes[0] ?? '')).toBe(false)
    expect(await take(renewed[0] ?? '')).toBe(true)
    expect(await withRealm('north', (db) => countRecoveryCodes(db, 'ann6'))).toBe(9)
  })

  test('nobody without a second factor gets any', async () => {
    await givePassword(owner, 'north', 'ann8')
    const { account } = await signIn('north', 'ann8')
    await expect(replaceCodes(account, PASSWORD)).rejects.toMatchObject({ code: 'conflict' })
    await expect(dropFactor(account, { current: PASSWORD, code: '123456' })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await withRealm('north', (db) => countRecoveryCodes(db, 'ann8'))).toBe(0)
  })
})
