import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { linkToken } from '#lib/adapters/keys/keys'
import { invite } from '#lib/db/queries/invitations'
import { withTenant } from '#lib/db/tenant'
import { acceptByLink } from '#lib/identity/join'
import { type Claim, signInWithProvider } from '#lib/identity/sign-in-with-provider'
import { signUp } from '#lib/identity/sign-up'
import { deletePerson } from '#lib/people/delete-person'
import { makeSchool } from '#tests/support/factories'
import { testDatabase } from '#tests/support/database'
import { fingerprint } from './fingerprint'
import {
  forgetAll,
  from,
  giveFactor,
  letters,
  makePerson,
  OTHER_PASSWORD,
  SETTINGS,
  unitOf,
  whoIs,
} from './identity-support'
import { codeOf, fieldsOf } from './people-support'

const { owner } = await testDatabase(SETTINGS)

const OPEN = { signUp: 'OPEN', mailDomains: [] } as const
const INVITED = { signUp: 'INVITED', mailDomains: [] } as const

let email: string
let count = 0

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makeSchool(owner, 'south')
  await makePerson(owner, 'north', 'adm', { role: 'ADMIN' })
  await makePerson(owner, 'south', 'sad', { role: 'ADMIN' })
})

beforeEach(() => {
  count += 1
  email = `new${String(count)}@world.example`
})

afterEach(() => forgetAll(owner))

type Row = Readonly<{ id: string; role: string; name: string }>

async function people(address = email, tenantId = 'north'): Promise<Row[]> {
  const { rows } = await owner.query<Row>(
    'SELECT id, role, name FROM "User" WHERE "tenantId" = $1 AND email = $2 AND "deletedAt" IS NULL',
    [tenantId, address],
  )
  return rows
}

type Role = 'STUDENT' | 'INSTRUCTOR' | 'ADMIN'

/** An invitation of the school's; its link. */
async function invited(role: Role = 'STUDENT', tenantId = 'north', hours = 24): Promise<string> {
  const invitedById = tenantId === 'north' ? 'adm' : 'sad'
  const input = { email, name: 'Known As', role, roleIds: [], invitedById, hours }
  const { id } = await withTenant(tenantId, (db) => invite(db, input))
  return linkToken('invitation', tenantId, id)
}

const accept = (token: string, tenantId = 'north', limit: number | null = null) =>
  acceptByLink(unitOf(tenantId), {
    ...{ token, name: 'New Person', password: OTHER_PASSWORD, limit, schoolName: 'School' },
    ...{ client: from(), locale: 'en' },
  })

const ask = (school: Parameters<typeof signUp>[1]['school'] = OPEN, name = 'New Person') =>
  signUp(unitOf('north'), { name, email, client: from(), locale: 'en', school })

/** The link of the last letter of the north. */
async function lastInvitation(): Promise<string> {
  const last = (await letters(owner, 'north')).at(-1)
  return linkToken('invitation', 'north', String(last?.payload['invitationId']))
}

describe('an invitation', () => {
  test('makes a person of the role it names, confirmed and signed in', async () => {
    const token = await accept(await invited('INSTRUCTOR'))
    expect(await people()).toMatchObject([{ role: 'INSTRUCTOR', name: 'New Person' }])
    expect(await whoIs('north', token)).toMatchObject({ email, hasPassword: true })
  })

  test('accepted five times at the same moment makes one person', async () => {
    const link = await invited()
    const codes = await Promise.all(Array.from({ length: 5 }, () => codeOf(accept(link))))
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    expect(await people()).toHaveLength(1)
  })

  test('is worth nothing in another school', async () => {
    const link = await invited()
    const before = await fingerprint(owner, 'south')
    expect(await codeOf(accept(link, 'south'))).toBe('not_found')
    expect(await fingerprint(owner, 'south')).toBe(before)
  })

  test('to an address that has an account in another school changes nothing there', async () => {
    await makePerson(owner, 'south', `s${String(count)}`, { email })
    const before = await fingerprint(owner, 'south')
    await accept(await invited())
    expect(await people()).toHaveLength(1)
    expect(await fingerprint(owner, 'south')).toBe(before)
  })

  test.each(['revoked', 'expired'])('that is %s makes nobody', async (how) => {
    const link = await invited()
    const column = how === 'revoked' ? 'revokedAt' : 'expiresAt'
    await owner.query(`UPDATE "Invitation" SET "${column}" = now() WHERE email = $1`, [email])
    expect(await codeOf(accept(link))).toBe('not_found')
    expect(await people()).toEqual([])
  })

  test('to an address that has an account here by now changes nothing of it', async () => {
    const link = await invited('ADMIN')
    await makePerson(owner, 'north', `h${String(count)}`, { email })
    const before = await fingerprint(owner, 'north')
    expect(await codeOf(accept(link))).toBe('conflict')
    expect(await fieldsOf(accept(link))).toHaveProperty('form')
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('makes nobody beyond what the plan allows', async () => {
    const link = await invited()
    expect(await codeOf(accept(link, 'north', 1))).toBe('limit_reached')
    expect(await people()).toEqual([])
  })
})

describe('asking to join', () => {
  test('makes nobody: a letter goes out, and its reader makes the account', async () => {
    await ask()
    expect(await people()).toEqual([])
    await accept(await lastInvitation())
    expect(await people()).toMatchObject([{ role: 'STUDENT' }])
  })

  test('with an address that has an account changes nothing of it, and tells its owner alone', async () => {
    const userId = `o${String(count)}`
    await makePerson(owner, 'north', userId, { email })
    const row = () => owner.query('SELECT * FROM "User" WHERE id = $1', [userId])
    const before = (await row()).rows
    expect(await codeOf(ask(OPEN, 'Somebody Else'))).toBe('done')
    expect((await row()).rows).toEqual(before)
    expect((await letters(owner, 'north')).at(-1)).toEqual({
      kind: 'mail.account-notice',
      payload: { userId, what: 'signed-up-already' },
    })
  })

  test('says and does nothing to somebody who is disabled', async () => {
    await makePerson(owner, 'north', `d${String(count)}`, { email, disabled: true })
    const before = await letters(owner, 'north')
    expect(await codeOf(ask())).toBe('done')
    expect(await letters(owner, 'north')).toEqual(before)
  })

  test('is refused where only the invited may, and from other domains than the school’s', async () => {
    const before = await fingerprint(owner, 'north')
    expect(await codeOf(ask(INVITED))).toBe('forbidden')
    const work = ask({ signUp: 'OPEN', mailDomains: ['north.example'] })
    expect(await fieldsOf(work)).toHaveProperty('email')
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('changes nothing of an invitation that stands: not its role, its name nor its end', async () => {
    await invited('INSTRUCTOR')
    const seen = () =>
      owner.query('SELECT role, name, "invitedById", "expiresAt" FROM "Invitation" WHERE email = $1', [email])
    const before = (await seen()).rows
    await ask(OPEN, 'Call Me Rector')
    expect((await seen()).rows).toEqual(before)
  })

  test('gives nothing of an invitation that has run out', async () => {
    const old = await invited('ADMIN')
    await owner.query(`UPDATE "Invitation" SET "expiresAt" = now() - interval '1 day' WHERE email = $1`, [
      email,
    ])
    await ask()
    expect(await lastInvitation()).toBe(old)
    await accept(old)
    expect(await people()).toMatchObject([{ role: 'STUDENT' }])
  })
})

describe('an identity at a provider', () => {
  const claim = (more: Partial<Claim> = {}): Claim => ({
    ...{ provider: 'oidc', subject: `sub${String(count)}`, email, emailVerified: true, name: 'Prov Ided' },
    ...more,
  })

  const come = (
    said: Claim,
    more: Partial<Parameters<typeof signInWithProvider>[1]> = {},
    tenantId = 'north',
  ) =>
    withTenant(tenantId, (db) =>
      signInWithProvider(db, {
        claim: said,
        linkTo: null,
        school: INVITED,
        limit: null,
        client: from(),
        ...more,
      }),
    )

  async function mustEnter(work: ReturnType<typeof come>) {
    const came = await work
    if (came.kind !== 'session') throw new Error(`Came to ${came.kind}.`)
    return came
  }

  test('takes up an invitation to the address that the provider vouches for, and knows its person from then on', async () => {
    await invited('INSTRUCTOR')
    await mustEnter(come(claim()))
    const [made] = await people()
    expect(made).toMatchObject({ role: 'INSTRUCTOR' })
    // Afterwards the address proves nothing and isn't needed.
    const again = await mustEnter(come(claim({ email: null })))
    expect(await whoIs('north', again)).toMatchObject({ userId: made?.id, hasPassword: false })
  })

  test('joins an open school, as a learner', async () => {
    await mustEnter(come(claim(), { school: OPEN }))
    expect(await people()).toMatchObject([{ role: 'STUDENT', name: 'Prov Ided' }])
  })

  test.each([
    ['isn’t invited', {}, INVITED],
    ['has an address that the provider doesn’t vouch for', { emailVerified: false }, OPEN],
    ['has no address', { email: null }, OPEN],
    ['has an address of another domain', {}, { signUp: 'OPEN', mailDomains: ['north.example'] } as const],
  ])('that %s makes nobody', async (_name, more, school) => {
    const before = await fingerprint(owner, 'north')
    expect(await come(claim(more), { school })).toEqual({ kind: 'refused', why: 'not-invited' })
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('never takes over an account that has its address', async () => {
    await makePerson(owner, 'north', `k${String(count)}`, { email })
    const before = await fingerprint(owner, 'north')
    for (const school of [OPEN, INVITED]) {
      expect(await come(claim(), { school })).toEqual({ kind: 'refused', why: 'link-first' })
    }
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('of somebody who was deleted lets them come back by another invitation, as somebody new', async () => {
    await invited('INSTRUCTOR')
    await mustEnter(come(claim()))
    const [first] = await people()
    const work = withTenant('north', (db) =>
      deletePerson(db, { actorId: 'adm', locale: 'en' }, { userId: first?.id ?? '', successor: null }),
    )
    expect(await codeOf(work)).toBe('done')
    await invited()
    const again = await mustEnter(come(claim()))
    const [second] = await people()
    expect(second).toMatchObject({ role: 'STUDENT' })
    expect(await whoIs('north', again)).toMatchObject({ userId: second?.id })
    expect(second?.id).not.toBe(first?.id)
  })

  test('under a name that no form takes goes by its address', async () => {
    await mustEnter(come(claim({ name: 'Prize www.evil.example' }), { school: OPEN }))
    expect(await people()).toMatchObject([{ name: email }])
  })

  test('gives nothing of an invitation that has run out', async () => {
    await invited('ADMIN')
    await owner.query(`UPDATE "Invitation" SET "expiresAt" = now() - interval '1 day' WHERE email = $1`, [
      email,
    ])
    await mustEnter(come(claim(), { school: OPEN }))
    expect(await people()).toMatchObject([{ role: 'STUDENT' }])
  })

  test('is linked to whoever asked for it, and to nobody else afterwards', async () => {
    const [mine, other] = [`m${String(count)}`, `n${String(count)}`]
    await makePerson(owner, 'north', mine)
    await makePerson(owner, 'north', other)
    const told = (await letters(owner, 'north')).length
    expect(await come(claim(), { linkTo: mine })).toEqual({ kind: 'linked' })
    expect(await come(claim(), { linkTo: mine })).toEqual({ kind: 'linked' })
    expect(await come(claim(), { linkTo: other })).toEqual({ kind: 'refused', why: 'taken' })
    // Told once: the second time nothing changed.
    expect((await letters(owner, 'north')).slice(told)).toEqual([
      { kind: 'mail.account-notice', payload: { userId: mine, what: 'identity-linked' } },
    ])
    expect(await whoIs('north', await mustEnter(come(claim())))).toMatchObject({ userId: mine })
  })

  test('is nobody in another school', async () => {
    await mustEnter(come(claim(), { school: OPEN }))
    expect(await come(claim(), {}, 'south')).toEqual({ kind: 'refused', why: 'not-invited' })
    expect(await people(email, 'south')).toEqual([])
  })

  test('leads past the second factor, and not in at all for somebody who is disabled', async () => {
    const came = await mustEnter(come(claim(), { school: OPEN }))
    const userId = (await whoIs('north', came))?.userId ?? ''
    await giveFactor('north', userId)
    expect(await come(claim())).toMatchObject({ kind: 'step' })
    await owner.query('UPDATE "User" SET "disabledAt" = now() WHERE id = $1', [userId])
    expect(await come(claim())).toEqual({ kind: 'refused', why: 'disabled' })
  })
})
