import { beforeAll, describe, expect, test } from 'vitest'
import { isPassword } from '#lib/adapters/passwords/passwords'
import { linkToken } from '#lib/adapters/keys/keys'
import { askForAddress } from '#lib/account/ask-for-address'
import { changePassword } from '#lib/account/change-password'
import { endOneSession, endOtherSessions } from '#lib/account/end-sessions'
import { reauthenticate } from '#lib/account/reauthenticate'
import { partIdentity } from '#lib/account/unlink-identity'
import { changeProfile } from '#lib/account/update-profile'
import { linkIdentity, listIdentities } from '#lib/db/queries/accounts'
import { findCredentialsById } from '#lib/db/queries/credentials'
import { listSessions } from '#lib/db/queries/sessions'
import { issueToken } from '#lib/db/queries/tokens'
import { withRealm } from '#lib/db/tenant'
import { changeAddressByLink } from '#lib/identity/change-address'
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
import { fingerprint } from './fingerprint'

const { owner } = await testDatabase(SETTINGS)
const NEW = 'forty quiet windmills turn'
const CLIENT = { ip: '192.0.2.9', userAgent: null, requestId: null }

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'ann', { count: 12 })
  await makePeople(owner, 'south', 'sam', { count: 2 })
})

/** A person of North with the password, signed in on some devices. */
async function devicesOf(userId: string, count: number): Promise<[SignedIn, ...SignedIn[]]> {
  await givePassword(owner, 'north', userId)
  const first = await signIn('north', userId)
  const others = await Promise.all(Array.from({ length: count - 1 }, () => signIn('north', userId)))
  return [first, ...others]
}

const passwordOf = async (userId: string): Promise<string> =>
  (await withRealm('north', (db) => findCredentialsById(db, userId)))?.password ?? ''

describe('password', () => {
  const change = (device: SignedIn, current: string, password = NEW) =>
    changePassword(device.account, { current, password, known: ['Ann'] })

  test('a new one ends the other devices and open links at once, keeps this device, and is told', async () => {
    const [here, there, elsewhere] = await devicesOf('ann0', 3)
    const link = {
      userId: 'ann0',
      purpose: 'RESET_PASSWORD',
      email: 'ann0@north.example',
      minutes: 60,
    } as const
    await withRealm('north', (db) => issueToken(db, link))
    expect(await change(here, PASSWORD)).toBe(2)
    expect(await isSignedIn('north', here)).toBe(true)
    for (const device of [there, elsewhere]) expect(device && (await isSignedIn('north', device))).toBe(false)
    expect(await isPassword(await passwordOf('ann0'), NEW)).toBe(true)
    const open = await owner.query(
      `SELECT FROM "VerificationToken" WHERE "userId" = 'ann0' AND "usedAt" IS NULL`,
    )
    expect(open.rowCount).toBe(0)
    expect((await letters(owner, 'north')).at(-1)).toEqual({
      kind: 'mail.account-notice',
      payload: { userId: 'ann0', what: 'password-changed' },
    })
  })

  test('a wrong or missing current one changes nothing', async () => {
    const [here] = await devicesOf('ann1', 2)
    const before = await withoutCounts(owner, 'north')
    await expect(change(here, 'not the password')).rejects.toMatchObject({
      code: 'wrong_credentials',
      fields: { current: A_TEXT },
    })
    await expect(change(here, '')).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { current: A_TEXT },
    })
    expect(await withoutCounts(owner, 'north')).toBe(before)
  })

  test('one that is easy to guess is refused, and the old one stays', async () => {
    const [here, there] = await devicesOf('ann2', 2)
    await expect(change(here, PASSWORD, 'password123')).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { password: A_TEXT },
    })
    expect(await isPassword(await passwordOf('ann2'), PASSWORD)).toBe(true)
    expect(there && (await isSignedIn('north', there))).toBe(true)
  })

  test('nobody who was signed out meanwhile changes it', async () => {
    const [here, there] = await devicesOf('ann3', 2)
    await endOtherSessions(here.account)
    if (there === undefined) throw new Error('No second device.')
    await expect(change(there, PASSWORD)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await isPassword(await passwordOf('ann3'), PASSWORD)).toBe(true)
  })

  test('wrong tries are counted with those at the sign-in page, and soon have to wait', async () => {
    await givePassword(owner, 'north', 'ann4')
    const { account } = await signIn('north', 'ann4', '198.51.100.4')
    const codes: unknown[] = []
    for (let n = 0; n < 17; n += 1) {
      codes.push(
        await reauthenticate(account, 'wrong').catch((error: unknown) => (error as { code: string }).code),
      )
    }
    // Ten are the session's own; those after it are counted as a stranger's.
    expect(codes.slice(0, 14)).toEqual(Array.from({ length: 14 }, () => 'wrong_credentials'))
    expect(codes).toContain('rate_limited')
    const elsewhere = await signIn('north', 'ann4', '198.51.100.5')
    expect(await reauthenticate(elsewhere.account, PASSWORD)).toMatch(/^\$argon2id/)
  })

  test('whoever has none chooses the first by a fresh sign-in, and not by an old one', async () => {
    const stale = await signIn('north', 'ann5', '192.0.2.1', 11)
    await expect(change(stale, '')).rejects.toMatchObject({
      code: 'forbidden',
      fields: { form: A_TEXT },
    })
    const fresh = await signIn('north', 'ann5', '192.0.2.1', 9)
    await expect(change(fresh, '')).resolves.toBe(1)
    expect(await isPassword(await passwordOf('ann5'), NEW)).toBe(true)
  })

  test('a fresh sign-in is no substitute for a password that somebody has', async () => {
    const [here] = await devicesOf('ann1', 1)
    await expect(reauthenticate(here.account, '')).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('of two changes at the same moment one stands, and its device stays signed in', async () => {
    const [here, there] = await devicesOf('ann2', 2)
    if (there === undefined) throw new Error('No second device.')
    const words = [`${NEW} east`, `${NEW} west`]
    const results = await Promise.allSettled(
      [here, there].map((device, n) => change(device, PASSWORD, words[n])),
    )
    const won = results.findIndex(({ status }) => status === 'fulfilled')
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await isPassword(await passwordOf('ann2'), words[won] ?? '')).toBe(true)
    expect(await isSignedIn('north', won === 0 ? here : there)).toBe(true)
    expect(await isSignedIn('north', won === 0 ? there : here)).toBe(false)
  })
})

describe('address', () => {
  const ask = (device: SignedIn, email: string) => askForAddress(device.account, { email, current: PASSWORD })
  const emailOf = async (id: string): Promise<string> =>
    (await owner.query<{ email: string }>('SELECT email FROM "User" WHERE id = $1', [id])).rows[0]?.email ??
    ''

  async function lastLink(): Promise<string> {
    const letter = (await letters(owner, 'north')).findLast(({ kind }) => kind === 'mail.change-email')
    return linkToken('change-email', 'north', String(letter?.payload['tokenId']))
  }
  const follow = (token: string, sessionId: string | null = null) =>
    changeAddressByLink((query) => withRealm('north', query), {
      ...{ token, sessionId, client: CLIENT, locale: 'en' },
    })

  test('changes only when the link is followed, which works once; both addresses are written to', async () => {
    const [here] = await devicesOf('ann6', 1)
    await ask(here, 'anna@elsewhere.example')
    expect(await emailOf('ann6')).toBe('ann6@north.example')
    const told = (await letters(owner, 'north')).slice(-2)
    expect(told.map(({ kind }) => kind).sort()).toEqual(['mail.account-notice', 'mail.change-email'])
    const there = await signIn('north', 'ann6')
    const token = await lastLink()
    await follow(token, here.account.person.sessionId)
    expect(await emailOf('ann6')).toBe('anna@elsewhere.example')
    expect(await isSignedIn('north', here)).toBe(true)
    expect(await isSignedIn('north', there)).toBe(false)
    await expect(follow(token)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a later request ends the link of an earlier one', async () => {
    const [here] = await devicesOf('ann7', 1)
    await ask(here, 'first@elsewhere.example')
    const first = await lastLink()
    await ask(here, 'second@elsewhere.example')
    await expect(follow(first)).rejects.toMatchObject({ code: 'not_found' })
    expect(await emailOf('ann7')).toBe('ann7@north.example')
  })

  test('of another person here is asked for like any other; only the link says that it can’t be had', async () => {
    const [here] = await devicesOf('ann8', 1)
    await expect(ask(here, 'ann0@north.example')).resolves.toBeUndefined()
    await expect(follow(await lastLink())).rejects.toMatchObject({
      code: 'conflict',
      fields: { form: A_TEXT },
    })
    expect(await emailOf('ann8')).toBe('ann8@north.example')
    expect(await emailOf('ann0')).toBe('ann0@north.example')
  })

  test('of a person of another school can be had, and that person keeps theirs', async () => {
    const [here] = await devicesOf('ann9', 1)
    const south = await fingerprint(owner, 'south')
    await ask(here, 'sam0@south.example')
    await follow(await lastLink())
    expect(await emailOf('ann9')).toBe('sam0@south.example')
    expect(await emailOf('sam0')).toBe('sam0@south.example')
    expect(await fingerprint(owner, 'south')).toBe(south)
  })

  test('needs the password, and isn’t changed to the one that stands', async () => {
    const [here] = await devicesOf('ann10', 1)
    const before = await withoutCounts(owner, 'north')
    const wrong = askForAddress(here.account, { email: 'x@elsewhere.example', current: 'wrong' })
    await expect(wrong).rejects.toMatchObject({ code: 'wrong_credentials' })
    await expect(ask(here, 'ann10@north.example')).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { email: A_TEXT },
    })
    expect(await withoutCounts(owner, 'north')).toBe(before)
  })
})

describe('devices', () => {
  test('one is ended alone; the others go on', async () => {
    const [here, there, elsewhere] = await devicesOf('ann11', 3)
    if (there === undefined || elsewhere === undefined) throw new Error('Too few devices.')
    await endOneSession(here.account, there.account.person.sessionId)
    expect(await isSignedIn('north', there)).toBe(false)
    expect(await isSignedIn('north', elsewhere)).toBe(true)
    expect(await endOtherSessions(here.account)).toBe(1)
    expect(await isSignedIn('north', here)).toBe(true)
    const left = await withRealm('north', (db) => listSessions(db, 'ann11'))
    expect(left.map(({ id }) => id)).toEqual([here.account.person.sessionId])
  })

  test('somebody else’s, of this school or another, are not found and go on', async () => {
    const [here] = await devicesOf('ann11', 1)
    const neighbour = await signIn('north', 'ann10')
    const foreigner = await signIn('south', 'sam1')
    for (const other of [neighbour, foreigner]) {
      const ended = endOneSession(here.account, other.account.person.sessionId)
      await expect(ended).rejects.toMatchObject({ code: 'not_found' })
    }
    expect(await isSignedIn('north', neighbour)).toBe(true)
    expect(await isSignedIn('south', foreigner)).toBe(true)
  })
})

describe('profile', () => {
  test('keeps a name and a zone, says so in the log, and touches nobody else', async () => {
    const { account } = await signIn('north', 'ann11')
    await changeProfile(account, { name: 'Änn Elf', timeZone: 'Asia/Tokyo' })
    const others = await fingerprint(owner, 'south')
    const { rows } = await owner.query(
      `SELECT name, "timeZone" FROM "User" WHERE id IN ('ann11', 'ann10') ORDER BY id`,
    )
    expect(rows).toEqual([
      { name: 'Person ann10', timeZone: null },
      { name: 'Änn Elf', timeZone: 'Asia/Tokyo' },
    ])
    const log = await owner.query(
      `SELECT after FROM "AuditLog" WHERE "targetId" = 'ann11' ORDER BY "createdAt" DESC LIMIT 1`,
    )
    expect(log.rows).toEqual([{ after: { name: 'Änn Elf', timeZone: 'Asia/Tokyo' } }])
    await changeProfile(account, { name: 'Änn Elf', timeZone: null })
    expect(await fingerprint(owner, 'south')).toBe(others)
  })
})

describe('identities', () => {
  const link = (userId: string, provider: string) =>
    withRealm('north', (db) =>
      linkIdentity(db, { userId, provider, subject: `${userId}-${provider}`, email: null }),
    )
  const identitiesOf = (userId: string) => withRealm('north', (db) => listIdentities(db, userId))
  const part = (device: SignedIn, identityId: string, current = '') =>
    partIdentity(device.account, { identityId, current })

  test('the last way in can’t be parted, not even by two requests at the same moment', async () => {
    await owner.query(`UPDATE "User" SET password = '!' WHERE id = 'ann3'`)
    await link('ann3', 'google')
    await link('ann3', 'oidc')
    const here = await signIn('north', 'ann3')
    const found = await identitiesOf('ann3')
    const results = await Promise.allSettled(found.map(({ id }) => part(here, id)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [left] = await identitiesOf('ann3')
    expect(left).toBeDefined()
    await expect(part(here, left?.id ?? '')).rejects.toMatchObject({ code: 'forbidden' })
    expect(await identitiesOf('ann3')).toHaveLength(1)
  })

  test('whoever has a password may part them all, by showing it', async () => {
    const [here] = await devicesOf('ann4', 1)
    await link('ann4', 'google')
    const [only] = await identitiesOf('ann4')
    await expect(part(here, only?.id ?? '', 'wrong')).rejects.toMatchObject({ code: A_TEXT })
    const elsewhere = await signIn('north', 'ann4', '198.51.100.77')
    const byIt = await signIn('north', 'ann4')
    await owner.query(`UPDATE "Session" SET method = 'google' WHERE id = $1`, [byIt.account.person.sessionId])
    await part(elsewhere, only?.id ?? '', PASSWORD)
    expect(await identitiesOf('ann4')).toEqual([])
    // Whoever came in by it is out; those who came in otherwise are not.
    expect(await isSignedIn('north', byIt)).toBe(false)
    expect(await isSignedIn('north', here)).toBe(true)
    expect((await letters(owner, 'north')).at(-1)).toEqual({
      kind: 'mail.account-notice',
      payload: { userId: 'ann4', what: 'identity-unlinked' },
    })
  })

  test('somebody else’s are not found', async () => {
    const [here] = await devicesOf('ann10', 1)
    const [other] = await identitiesOf('ann3')
    await expect(part(here, other?.id ?? '', PASSWORD)).rejects.toMatchObject({ code: 'not_found' })
    expect(await identitiesOf('ann3')).toHaveLength(1)
  })
})

describe('the platform’s people', () => {
  test('change their password as everybody does', async () => {
    await owner.query(
      `INSERT INTO "User" (id, "tenantId", email, name, password, role) VALUES ('root0', 'platform', 'root@smartlms.example', 'Root', '!', 'SUPER_ADMIN')`,
    )
    await givePassword(owner, 'platform', 'root0')
    const here = await signIn('platform', 'root0')
    const there = await signIn('platform', 'root0')
    await changePassword(here.account, { current: PASSWORD, password: NEW, known: ['Root'] })
    await changeProfile(here.account, { name: 'Rosa Root', timeZone: 'Europe/Berlin' })
    await askForAddress(here.account, { email: 'rosa@smartlms.example', current: NEW })
    expect(await isSignedIn('platform', here)).toBe(true)
    expect(await isSignedIn('platform', there)).toBe(false)
  })
})
