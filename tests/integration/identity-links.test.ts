import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { withTenant } from '#lib/db/tenant'
import { changeAddressByLink, peekAddressChange } from '#lib/identity/change-address'
import { findFactor } from '#lib/db/queries/second-factors'
import { setUpFactor } from '#lib/identity/second-factor'
import { resetPassword } from '#lib/identity/reset-password'
import { sendLink } from '#lib/identity/send-link'
import { signInWithPassword } from '#lib/identity/sign-in-with-password'
import { peekLink, type LinkPurpose, signInByLink } from '#lib/identity/use-link'
import { linkToken } from '#lib/adapters/keys/keys'
import { makeSchool } from '#tests/support/factories'
import { testDatabase } from '#tests/support/database'
import { fingerprint } from './fingerprint'
import {
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
import { codeOf, fieldsOf } from './people-support'

const { owner } = await testDatabase(SETTINGS)

let count = 0

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makeSchool(owner, 'south')
})

afterEach(() => forgetAll(owner))

/** Somebody new in the north, who shares an address with somebody of the south. */
async function someone(
  shape: Parameters<typeof makePerson>[3] = {},
): Promise<{ userId: string; email: string }> {
  count += 1
  const userId = `p${String(count)}`
  const email = await makePerson(owner, 'north', userId, shape)
  await makePerson(owner, 'south', `q${String(count)}`, { email, password: OTHER_PASSWORD })
  return { userId, email }
}

const link = (who: { userId: string; email: string }, purpose: LinkPurpose, minutes?: number) =>
  makeLink(owner, { tenantId: 'north', ...who, purpose, ...(minutes === undefined ? {} : { minutes }) })

/** What a link does when it is used at a school. */
const USES = {
  'magic-link': (tenantId: string, token: string) =>
    signInByLink(unitOf(tenantId), { purpose: 'magic-link', token, client: from() }),
  'verify-email': (tenantId: string, token: string) =>
    signInByLink(unitOf(tenantId), { purpose: 'verify-email', token, client: from() }),
  'reset-password': (tenantId: string, token: string) => {
    const more = { client: from(), locale: 'en', schoolName: 'School' }
    return resetPassword(unitOf(tenantId), { token, password: OTHER_PASSWORD, ...more })
  },
  'change-email': (tenantId: string, token: string) =>
    changeAddressByLink(unitOf(tenantId), { token, sessionId: null, client: from(), locale: 'en' }),
} as const satisfies Record<LinkPurpose, (tenantId: string, token: string) => Promise<unknown>>

const PURPOSES = ['magic-link', 'verify-email', 'reset-password', 'change-email'] as const

const password = (email: string, text: string) =>
  signInWithPassword(unitOf('north'), { email, password: text, client: from(), locale: 'en' })

describe.each(PURPOSES)('a link to %s', (purpose) => {
  test('works once', async () => {
    const token = await link(await someone(), purpose)
    expect(await codeOf(USES[purpose]('north', token))).toBe('done')
    expect(await codeOf(USES[purpose]('north', token))).toBe('not_found')
  })

  test('works once when it is used five times at the same moment', async () => {
    const token = await link(await someone(), purpose)
    const all = Array.from({ length: 5 }, () => codeOf(USES[purpose]('north', token)))
    const codes = await Promise.all(all)
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    expect(codes.filter((code) => code === 'not_found')).toHaveLength(4)
  })

  test('is worth nothing in another school, also for the person who has the same address there', async () => {
    const token = await link(await someone(), purpose)
    const before = await fingerprint(owner, 'south')
    expect(await codeOf(USES[purpose]('south', token))).toBe('not_found')
    expect(await withTenant('south', (db) => peekLink(db, { purpose, token }))).toBeNull()
    expect(await fingerprint(owner, 'south')).toBe(before)
    expect(await codeOf(USES[purpose]('north', token))).toBe('done')
  })

  test('is worth nothing for anything else', async () => {
    const token = await link(await someone(), purpose)
    const before = await fingerprint(owner, 'north')
    for (const other of PURPOSES.filter((one) => one !== purpose)) {
      expect(await codeOf(USES[other]('north', token))).toBe('not_found')
      // Also not under a mac of that other purpose, which nobody outside could make.
      const forged = linkToken(other, 'north', token.split('.')[0] ?? '')
      expect(await codeOf(USES[other]('north', forged))).toBe('not_found')
    }
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test.each([
    ['that is too old', async () => link(await someone(), purpose, -1)],
    ['of somebody who was disabled since', async () => link(await someone({ disabled: true }), purpose)],
    ['of somebody who was removed since', async () => link(await someone({ deleted: true }), purpose)],
    ['that was forged', async () => `${(await link(await someone(), purpose)).split('.')[0] ?? ''}.AAAA`],
    ['without a text', () => Promise.resolve('')],
  ])('%s changes nothing', async (_name, make) => {
    const token = await make()
    const before = await fingerprint(owner, 'north')
    expect(await codeOf(USES[purpose]('north', token))).toBe('not_found')
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('can be looked at as often as one likes: looking uses nothing up', async () => {
    const token = await link(await someone(), purpose)
    const before = await fingerprint(owner, 'north')
    for (let look = 0; look < 3; look += 1) {
      expect(await withTenant('north', (db) => peekLink(db, { purpose, token }))).not.toBeNull()
    }
    expect(await fingerprint(owner, 'north')).toBe(before)
  })
})

describe('a magic link', () => {
  test('ends the one that was sent before it', async () => {
    const who = await someone()
    const ask = () =>
      sendLink(unitOf('north'), 'MAGIC_LINK', { email: who.email, client: from(), next: '/courses' })
    await ask()
    await ask()
    const ids = (await letters(owner, 'north')).slice(-2).map(({ payload }) => String(payload['tokenId']))
    const [first = '', second = ''] = ids.map((id) => linkToken('magic-link', 'north', id))
    expect(await codeOf(USES['magic-link']('north', first))).toBe('not_found')
    const entered = await USES['magic-link']('north', second)
    expect(entered).toMatchObject({ kind: 'session', next: '/courses' })
    expect(await whoIs('north', entered)).toMatchObject({ userId: who.userId })
  })

  test('doesn’t skip the second factor', async () => {
    const who = await someone()
    await giveFactor('north', who.userId)
    expect(await USES['magic-link']('north', await link(who, 'magic-link'))).toMatchObject({ kind: 'step' })
  })

  test('to an address that its person has left is worth nothing', async () => {
    const who = await someone()
    const token = await link(who, 'magic-link')
    await owner.query('UPDATE "User" SET email = $2 WHERE id = $1', [who.userId, `left${who.email}`])
    expect(await codeOf(USES['magic-link']('north', token))).toBe('not_found')
  })

  test('is sent to nobody who isn’t there, disabled or of another school, and the answer is the same', async () => {
    const disabled = await someone({ disabled: true })
    const before = await letters(owner, 'north')
    for (const email of ['nobody@north.example', disabled.email]) {
      expect(await codeOf(sendLink(unitOf('north'), 'MAGIC_LINK', { email, client: from() }))).toBe('done')
    }
    expect(await letters(owner, 'north')).toEqual(before)
  })
})

test('confirming an address lets somebody in who couldn’t sign in before', async () => {
  const who = await someone({ verified: false })
  expect(await codeOf(password(who.email, PASSWORD))).toBe('wrong_credentials')
  await USES['verify-email']('north', await link(who, 'verify-email'))
  expect(await codeOf(password(who.email, PASSWORD))).toBe('done')
})

describe('a new password', () => {
  test('takes the place of the old one, ends every session, open link and set-up, and is told', async () => {
    const who = await someone()
    const devices = [await password(who.email, PASSWORD), await password(who.email, PASSWORD)]
    const magic = await link(who, 'magic-link')
    const factor = { userId: who.userId, email: who.email, issuer: 'School' }
    await withTenant('north', (db) => setUpFactor(db, factor))
    await USES['reset-password']('north', await link(who, 'reset-password'))
    for (const device of devices) expect(await whoIs('north', device)).toBeNull()
    expect(await codeOf(USES['magic-link']('north', magic))).toBe('not_found')
    expect(await withTenant('north', (db) => findFactor(db, who.userId))).toBeNull()
    expect(await codeOf(password(who.email, PASSWORD))).toBe('wrong_credentials')
    expect(await codeOf(password(who.email, OTHER_PASSWORD))).toBe('done')
    expect((await letters(owner, 'north')).at(-1)).toEqual({
      kind: 'mail.account-notice',
      payload: { userId: who.userId, what: 'password-changed' },
    })
  })

  test('leaves the second factor as it is', async () => {
    const who = await someone()
    await giveFactor('north', who.userId)
    await USES['reset-password']('north', await link(who, 'reset-password'))
    expect(await password(who.email, OTHER_PASSWORD)).toMatchObject({ kind: 'step' })
  })

  test('that anybody would try first is refused, and the link is still good for another one', async () => {
    const who = await someone()
    const token = await link(who, 'reset-password')
    const more = { client: from(), locale: 'en', schoolName: 'School' }
    const easy = resetPassword(unitOf('north'), { token, password: 'password1234', ...more })
    expect(await fieldsOf(easy)).toHaveProperty('password')
    expect(await codeOf(USES['reset-password']('north', token))).toBe('done')
  })
})

describe('a new address', () => {
  test('takes the old one’s place, and leaves the other school’s person of the old one alone', async () => {
    const who = await someone()
    const other = await fingerprint(owner, 'south')
    const wanted = `new${who.email}`
    const token = await link({ ...who, email: wanted }, 'change-email')
    expect(await withTenant('north', (db) => peekAddressChange(db, token))).toMatchObject({
      before: who.email,
      after: wanted,
    })
    await USES['change-email']('north', token)
    expect(await codeOf(password(wanted, PASSWORD))).toBe('done')
    expect(await codeOf(password(who.email, PASSWORD))).toBe('wrong_credentials')
    expect(await fingerprint(owner, 'south')).toBe(other)
    const { rows } = await owner.query(
      `SELECT action, before, after FROM "AuditLog" WHERE "targetId" = $1 AND action = 'auth.change-email'`,
      [who.userId],
    )
    expect(rows).toEqual([
      { action: 'auth.change-email', before: { email: who.email }, after: { email: wanted } },
    ])
  })

  test('that somebody of the school has by now is refused, and nothing has changed', async () => {
    const [who, holder] = [await someone(), await someone()]
    const token = await link({ ...who, email: holder.email }, 'change-email')
    const before = await fingerprint(owner, 'north')
    const work = USES['change-email']('north', token)
    expect(await codeOf(work)).toBe('conflict')
    expect(await fieldsOf(work)).toHaveProperty('form')
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('signs its person out everywhere', async () => {
    const who = await someone()
    const devices = [await password(who.email, PASSWORD), await password(who.email, PASSWORD)]
    await USES['change-email']('north', await link({ ...who, email: `new${who.email}` }, 'change-email'))
    for (const device of devices) expect(await whoIs('north', device)).toBeNull()
  })

  test('is not taken by a link that another one was asked to be replaced with', async () => {
    const who = await someone()
    const token = await link({ ...who, email: `new${who.email}` }, 'change-email')
    await owner.query('UPDATE "User" SET email = $2 WHERE id = $1', [who.userId, `given${who.email}`])
    const before = await fingerprint(owner, 'north')
    expect(await withTenant('north', (db) => peekAddressChange(db, token))).toBeNull()
    expect(await codeOf(USES['change-email']('north', token))).toBe('not_found')
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('ends the links that were sent to the old one', async () => {
    const who = await someone()
    const reset = await link(who, 'reset-password')
    await USES['change-email']('north', await link({ ...who, email: `new${who.email}` }, 'change-email'))
    expect(await codeOf(USES['reset-password']('north', reset))).toBe('not_found')
  })
})
