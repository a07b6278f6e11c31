import { Secret, TOTP } from 'otpauth'
import { beforeAll, describe, expect, test } from 'vitest'
import { unseal } from '#lib/adapters/keys/keys'
import { sessionTokenHash } from '#lib/adapters/keys/session-token'
import { changePassword } from '#lib/account/change-password'
import { confirmFactor, dropFactor, replaceCodes, startFactor } from '#lib/account/second-factor'
import { countRecoveryCodes, findFactor } from '#lib/db/queries/second-factors'
import { withRealm } from '#lib/db/tenant'
import { takeCode, takeRecoveryCode } from '#lib/identity/second-factor'
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
  await makePeople(owner, 'north', 'ann', { count: 20 })
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

const start = (device: SignedIn, current = PASSWORD) =>
  startFactor(device.account, { issuer: 'School north', current })

/** The device as its browser goes on with the token that a use-case gave it. */
const renewed = (device: SignedIn, token: string): SignedIn => ({
  ...device,
  tokenHash: sessionTokenHash(token) ?? '',
})

async function begun(userId: string): Promise<SignedIn> {
  await givePassword(owner, 'north', userId)
  const device = await signIn('north', userId)
  await start(device)
  return device
}

/** Somebody with a second factor, on a device that has shown it. */
async function switchedOn(userId: string): Promise<{ device: SignedIn; codes: string[] }> {
  const { account } = await begun(userId)
  // The step before, so that this step's code is still good for what comes next.
  const { codes } = await confirmFactor(account, await codeOf(userId, -1))
  return { device: await signIn('north', userId), codes }
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
    const { codes, token } = await confirmFactor(device.account, await codeOf('ann1'))
    expect(new Set(codes).size).toBe(10)
    expect(await isSignedIn('north', renewed(device, token))).toBe(true)
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
    const { token } = await confirmFactor(device.account, await codeOf('ann7'))
    expect(await isSignedIn('north', renewed(device, token))).toBe(true)
  })

  test('renews this device’s session: a copy of its cookie is worth nothing, and it is no younger', async () => {
    const device = await begun('ann10')
    const sessions = () =>
      owner.query<{ id: string; createdAt: Date; expiresAt: Date }>(
        `SELECT id, "createdAt", "expiresAt" FROM "Session" WHERE "userId" = 'ann10'`,
      )
    const [before] = (await sessions()).rows
    const { token } = await confirmFactor(device.account, await codeOf('ann10'))
    expect(await isSignedIn('north', device)).toBe(false)
    expect(await isSignedIn('north', renewed(device, token))).toBe(true)
    const { rows } = await sessions()
    expect(rows).toMatchObject([{ createdAt: before?.createdAt, expiresAt: before?.expiresAt }])
    expect(rows[0]?.id).not.toBe(before?.id)
  })

  test('needs the password: whoever found the device open can’t choose the app', async () => {
    await givePassword(owner, 'north', 'ann11')
    const device = await signIn('north', 'ann11')
    const before = await withoutCounts(owner, 'north')
    await expect(start(device, 'wrong')).rejects.toMatchObject({ fields: { current: A_TEXT } })
    await expect(start(device, '')).rejects.toMatchObject({ fields: { current: A_TEXT } })
    expect(await withoutCounts(owner, 'north')).toBe(before)
  })

  test('needs a fresh sign-in of somebody without a password, who isn’t stuck after it', async () => {
    const stale = await signIn('north', 'ann12', '192.0.2.1', 11)
    await expect(start(stale, '')).rejects.toMatchObject({ code: 'forbidden', fields: { form: A_TEXT } })
    expect(await factorOf('ann12')).toBeNull()
    await start(await signIn('north', 'ann12', '192.0.2.1', 9), '')
    expect(await factorOf('ann12')).toMatchObject({ confirmed: false })
  })

  test('always begins with a new secret: one that somebody saw before confirms nothing', async () => {
    const device = await begun('ann13')
    const planted = await codeOf('ann13')
    const seen = await factorOf('ann13')
    await start(device)
    expect((await factorOf('ann13'))?.secret).not.toBe(seen?.secret)
    await expect(confirmFactor(device.account, planted)).rejects.toMatchObject({ code: 'wrong_credentials' })
  })

  test('has to be confirmed within fifteen minutes', async () => {
    const device = await begun('ann14')
    const code = await codeOf('ann14')
    const age = (minutes: number) =>
      owner.query(
        `UPDATE "SecondFactor" SET "createdAt" = now() - make_interval(mins => $1) WHERE "userId" = 'ann14'`,
        [minutes],
      )
    await age(16)
    expect(await factorOf('ann14')).toBeNull()
    await expect(confirmFactor(device.account, code)).rejects.toMatchObject({ code: 'conflict' })
    expect(await withRealm('north', (db) => takeCode(db, { userId: 'ann14', code }))).toBe(false)
    await age(14)
    await confirmFactor(device.account, code)
    // What is confirmed stays, however old.
    await age(100)
    expect(await factorOf('ann14')).toMatchObject({ confirmed: true })
  })

  test('what was begun under an old password ends with it, what is confirmed doesn’t', async () => {
    const device = await begun('ann15')
    const change = { current: PASSWORD, password: 'forty quiet windmills turn', known: [] }
    await changePassword(device.account, change)
    expect(await factorOf('ann15')).toBeNull()
    const on = await switchedOn('ann16')
    await changePassword(on.device.account, change)
    expect(await factorOf('ann16')).toMatchObject({ confirmed: true })
  })

  test('a standing one is neither begun anew nor confirmed again', async () => {
    const { device } = await switchedOn('ann2')
    const before = await withoutCounts(owner, 'north')
    await expect(start(device)).rejects.toMatchObject({ code: 'conflict' })
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
    const made = await replaceCodes(device.account, PASSWORD)
    expect(made).toHaveLength(10)
    expect(made.filter((code) => codes.includes(code))).toEqual([])
    const take = (code: string) => withRealm('north', (db) => takeRecoveryCode(db, { userId: 'ann6', code }))
    expect(await take(codes[0] ?? '')).toBe(false)
    expect(await take(made[0] ?? '')).toBe(true)
    expect(await withRealm('north', (db) => countRecoveryCodes(db, 'ann6'))).toBe(9)
    expect((await letters(owner, 'north')).at(-1)?.payload).toEqual({
      userId: 'ann6',
      what: 'recovery-codes-new',
    })
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
