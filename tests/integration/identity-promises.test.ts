import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { linkToken } from '#lib/adapters/keys/keys'
import { invite } from '#lib/db/queries/invitations'
import { holdStandings, setRole } from '#lib/db/queries/people-changes'
import { assignRoles, replaceRoles } from '#lib/db/queries/roles'
import { withTenant } from '#lib/db/tenant'
import { acceptByLink, peekInvitation } from '#lib/identity/join'
import { signInWithProvider } from '#lib/identity/sign-in-with-provider'
import { makeSchool } from '#tests/support/factories'
import { testDatabase } from '#tests/support/database'
import { forgetAll, from, makePerson, OTHER_PASSWORD, SETTINGS, unitOf } from './identity-support'
import { codeOf } from './people-support'

const { owner } = await testDatabase(SETTINGS)
const INVITED = { signUp: 'INVITED', mailDomains: [] } as const
type Role = 'STUDENT' | 'INSTRUCTOR' | 'ADMIN'

let email: string
let count = 0

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makePerson(owner, 'north', 'adm', { role: 'ADMIN' })
})

beforeEach(() => {
  count += 1
  email = `new${String(count)}@world.example`
})

afterEach(() => forgetAll(owner))

async function people(): Promise<{ role: string }[]> {
  const { rows } = await owner.query<{ role: string }>(
    `SELECT role FROM "User" WHERE "tenantId" = 'north' AND email = $1`,
    [email],
  )
  return rows
}

const accept = (token: string) =>
  acceptByLink(unitOf('north'), {
    ...{ token, name: 'New Person', password: OTHER_PASSWORD, limit: null, schoolName: 'School' },
    ...{ client: from(), locale: 'en' },
  })

describe('what an invitation promises beyond learning', () => {
  const open = async (link: string) => withTenant('north', (db) => peekInvitation(db, link))
  const revoked = async () =>
    (await owner.query('SELECT FROM "Invitation" WHERE email = $1 AND "revokedAt" IS NOT NULL', [email]))
      .rowCount

  /** An invitation by somebody of its own who then changes. */
  async function promisedBy(role: Role, roleIds: readonly string[] = []): Promise<[string, string]> {
    const invitedById = `inv${String(count)}`
    await makePerson(owner, 'north', invitedById, { role: 'ADMIN' })
    const input = { email, name: null, role, roleIds, invitedById, hours: 24 }
    const { id } = await withTenant('north', (db) => invite(db, input))
    return [linkToken('invitation', 'north', id), invitedById]
  }

  const change = (id: string, what: string) => owner.query(`UPDATE "User" SET ${what} WHERE id = $1`, [id])

  test.each([
    ['was demoted', `role = 'INSTRUCTOR'`],
    ['is disabled', '"disabledAt" = now()'],
    ['was deleted', '"deletedAt" = now()'],
  ])('is worth nothing once whoever sent it %s, and doesn’t come to life again', async (_how, what) => {
    const [link, by] = await promisedBy('ADMIN')
    expect(await open(link)).not.toBeNull()
    await change(by, what)
    expect(await open(link)).toBeNull()
    expect(await codeOf(accept(link))).toBe('not_found')
    expect(await people()).toEqual([])
    expect(await revoked()).toBe(1)
    await change(by, `role = 'ADMIN', "disabledAt" = null, "deletedAt" = null`)
    expect(await codeOf(accept(link))).toBe('not_found')
  })

  test('goes with the permission to invite, and with the permissions of the custom roles that it gives', async () => {
    await owner.query(
      `INSERT INTO "Role" (id, "tenantId", name, permissions) VALUES ('inviter', 'north', 'Inviter', '["user:invite"]'),
         ('auditor', 'north', 'Auditor', '["audit:read"]') ON CONFLICT DO NOTHING`,
    )
    const [link, by] = await promisedBy('STUDENT', ['auditor'])
    await change(by, `role = 'INSTRUCTOR'`)
    await withTenant('north', (db) => assignRoles(db, { userId: by, roleIds: ['inviter'] }))
    expect(await open(link)).toBeNull()
    await withTenant('north', (db) => assignRoles(db, { userId: by, roleIds: ['auditor'] }))
    expect(await open(link)).not.toBeNull()
    await withTenant('north', (db) => replaceRoles(db, { userId: by, roleIds: ['auditor'] }))
    expect(await open(link)).toBeNull()
    expect(await codeOf(accept(link))).toBe('not_found')
    expect(await revoked()).toBe(1)
  })

  test('ends for somebody who comes by a provider as well', async () => {
    const [, by] = await promisedBy('INSTRUCTOR')
    await change(by, `role = 'STUDENT'`)
    const said = { provider: 'oidc', subject: `p${String(count)}`, email, emailVerified: true, name: null }
    const came = await withTenant('north', (db) =>
      signInWithProvider(db, { claim: said, linkTo: null, school: INVITED, limit: null, client: from() }),
    )
    expect(came).toEqual({ kind: 'refused', why: 'not-invited' })
    expect(await people()).toEqual([])
    expect(await revoked()).toBe(1)
  })

  test('is decided behind the change that takes it away, when both happen at the same moment', async () => {
    const [link, by] = await promisedBy('ADMIN')
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const demotion = withTenant('north', async (db) => {
      await holdStandings(db)
      await setRole(db, { userId: by, role: 'STUDENT' })
      await held
    })
    const joining = codeOf(accept(link))
    setTimeout(release, 1_500)
    await demotion
    expect(await joining).toBe('not_found')
    expect(await people()).toEqual([])
  })
})

test('a class keeps its places when the teacher who invited it has left', async () => {
  const { id } = await withTenant('north', (db) =>
    invite(db, { email, name: null, role: 'STUDENT', roleIds: [], invitedById: 'adm', hours: 24 }),
  )
  await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = 'adm'`)
  await accept(linkToken('invitation', 'north', id))
  expect(await people()).toMatchObject([{ role: 'STUDENT' }])
  await owner.query(`UPDATE "User" SET "disabledAt" = null WHERE id = 'adm'`)
})
