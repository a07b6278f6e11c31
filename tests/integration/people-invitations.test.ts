import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findOpenInvitation, listInvitations } from '#lib/db/queries/invitations'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { importPeople } from '#lib/people/import-people'
import { invitePerson } from '#lib/people/invite-person'
import type { Inviting } from '#lib/people/inviting'
import { resendInvitation } from '#lib/people/resend-invitation'
import { revokeInvitation } from '#lib/people/revoke-invitation'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { as, codeOf, fieldsOf, giveRole, makeRole, told } from './people-support'

const { owner } = await testDatabase({ DATABASE_POOL_SIZE: '10' })
const SCHOOL = 'north'
type Input = Parameters<typeof invitePerson>[2]

const invite = (email: string, more: Partial<Input> = {}, actor = 'boss0') =>
  as(SCHOOL, actor, (db, by) =>
    invitePerson(db, by, { email, name: null, role: 'STUDENT', roleIds: [], limit: null, ...more }),
  )
const resend = (invitationId: string, actor = 'boss0', limit: number | null = null) =>
  as(SCHOOL, actor, (db, by) => resendInvitation(db, by, { invitationId, limit }))
const revoke = (id: string, actor = 'boss0') => as(SCHOOL, actor, (db, by) => revokeInvitation(db, by, id))
const age = (id: string, what: string) => owner.query(`UPDATE "Invitation" SET ${what} WHERE id = $1`, [id])

beforeAll(async () => {
  for (const school of [SCHOOL, 'south']) await makeSchool(owner, school)
  await makePeople(owner, SCHOOL, 'boss', { role: 'ADMIN' })
  await makePeople(owner, SCHOOL, 'desk', { role: 'INSTRUCTOR' })
  await makePeople(owner, SCHOOL, 'ann', { count: 3 })
  await makePeople(owner, 'south', 'lord', { role: 'ADMIN' })
  await makeRole(owner, SCHOOL, 'office', ['user:invite'])
  await makeRole(owner, SCHOOL, 'auditor', ['audit:read'])
  await makeRole(owner, 'south', 'foreign', [])
  await giveRole(owner, SCHOOL, 'desk0', 'office')
})

beforeEach(async () => {
  await owner.query(`DELETE FROM "Invitation"`)
  await owner.query(`DELETE FROM "Outbox"`)
})

describe('inviting', () => {
  test('keeps the invitation and tells of it by its id alone', async () => {
    const { id } = await invite('new@north.example', { name: 'New', role: 'ADMIN', roleIds: ['auditor'] })
    expect(await withTenant(SCHOOL, (db) => findOpenInvitation(db, id))).toMatchObject({
      ...{
        email: 'new@north.example',
        name: 'New',
        role: 'ADMIN',
        roleIds: ['auditor'],
        invitedById: 'boss0',
      },
    })
    expect(await told(owner, SCHOOL)).toEqual([{ kind: 'mail.invitation', payload: { invitationId: id } }])
  })

  test('never promises more than one holds, the platform’s role least of all', async () => {
    const before = await fingerprint(owner, SCHOOL)
    expect(await codeOf(invite('x@y.example', { role: 'ADMIN' }, 'desk0'))).toBe('forbidden')
    expect(await codeOf(invite('x@y.example', { roleIds: ['auditor'] }, 'desk0'))).toBe('forbidden')
    const role = JSON.parse('"SUPER_ADMIN"') as Input['role']
    expect(await codeOf(invite('x@y.example', { role }))).toBe('forbidden')
    expect(await fingerprint(owner, SCHOOL)).toBe(before)
    expect(await codeOf(invite('x@y.example', { role: 'INSTRUCTOR' }, 'desk0'))).toBe('done')
  })

  test('refuses roles of another school, and changes nothing', async () => {
    const before = await fingerprint(owner, SCHOOL)
    expect(await codeOf(invite('x@y.example', { roleIds: ['foreign'] }))).toBe('not_found')
    expect(await fingerprint(owner, SCHOOL)).toBe(before)
  })

  test('says who is there or was invited already, and sends no second letter', async () => {
    expect((await fieldsOf(invite('ann0@north.example')))['email']).toMatch(/in the school already/)
    await invite('new@north.example', { role: 'ADMIN' })
    expect((await fieldsOf(invite('new@north.example', {}, 'desk0')))['email']).toMatch(/invited already/)
    expect(await told(owner, SCHOOL)).toHaveLength(1)
    const kept = await owner.query<{ role: string }>(`SELECT role FROM "Invitation"`)
    expect(kept.rows).toEqual([{ role: 'ADMIN' }])
  })

  test('turns what somebody asked for by themselves into an invitation', async () => {
    await owner.query(
      `INSERT INTO "Invitation" ("tenantId", email, "sentAt", "expiresAt")
       VALUES ('north', 'own@north.example', now() - interval '11 minutes', '2099-01-01Z')`,
    )
    await invite('own@north.example', { role: 'INSTRUCTOR' })
    const kept = await owner.query(`SELECT role, "invitedById" FROM "Invitation"`)
    expect(kept.rows).toEqual([{ role: 'INSTRUCTOR', invitedById: 'boss0' }])
  })

  test(
    'gives the last place once, however many ask for it at the same moment',
    { timeout: 60_000 },
    async () => {
      const wanted = Array.from({ length: 50 }, (_, n) =>
        codeOf(invite(`p${String(n)}@north.example`, { limit: 6 })),
      )
      const codes = await Promise.all(wanted)
      expect(codes.filter((code) => code === 'done')).toHaveLength(1)
      expect(new Set(codes)).toEqual(new Set(['done', 'limit_reached']))
      expect((await owner.query(`SELECT 1 FROM "Invitation"`)).rowCount).toBe(1)
      expect(await told(owner, SCHOOL)).toHaveLength(1)
    },
  )
})

describe('sending again', () => {
  test('is refused within ten minutes of the last letter, and then done once of two at a time', async () => {
    const { id } = await invite('new@north.example')
    expect(await codeOf(resend(id))).toBe('rate_limited')
    await age(id, `"sentAt" = now() - interval '11 minutes'`)
    const codes = await Promise.all([codeOf(resend(id)), codeOf(resend(id))])
    expect(codes.toSorted()).toEqual(['done', 'rate_limited'])
    expect(await told(owner, SCHOOL)).toHaveLength(2)
  })

  test('brings one back that had run out, if there is a place for it', async () => {
    const { id } = await invite('new@north.example')
    await age(id, `"sentAt" = now() - interval '20 days', "expiresAt" = now() - interval '6 days'`)
    expect(await codeOf(resend(id, 'boss0', 5))).toBe('limit_reached')
    expect(await codeOf(resend(id, 'boss0', 6))).toBe('done')
    expect(await withTenant(SCHOOL, (db) => findOpenInvitation(db, id))).not.toBeNull()
  })

  test('makes whoever sends it the one who promises, so that it outlives who invited first', async () => {
    const { id } = await invite('new@north.example', {}, 'desk0')
    await age(id, `"sentAt" = now() - interval '1 day'`)
    await resend(id)
    expect(await withTenant(SCHOOL, (db) => findOpenInvitation(db, id))).toMatchObject({
      invitedById: 'boss0',
    })
  })

  test('is done to nobody who has joined meanwhile', async () => {
    const { id } = await invite('new@north.example')
    await age(id, `email = 'ann1@north.example', "sentAt" = now() - interval '1 day'`)
    expect(await codeOf(resend(id))).toBe('conflict')
  })
})

describe('taking back', () => {
  test('makes the link worth nothing, and the place free', async () => {
    const { id } = await invite('new@north.example', { limit: 6 })
    expect(await codeOf(invite('two@north.example', { limit: 6 }))).toBe('limit_reached')
    expect(await revoke(id)).toEqual({ email: 'new@north.example', role: 'STUDENT' })
    expect(await withTenant(SCHOOL, (db) => findOpenInvitation(db, id))).toBeNull()
    expect(await codeOf(invite('two@north.example', { limit: 6 }))).toBe('done')
    expect(await codeOf(revoke(id))).toBe('not_found')
  })
})

describe('letters', () => {
  test('to one address keep ten minutes between them, also when the invitation is taken back and made anew', async () => {
    const { id } = await invite('new@north.example')
    await revoke(id)
    expect((await fieldsOf(invite('new@north.example')))['email']).toMatch(/next can go in 10 minutes/)
    await age(id, `"sentAt" = now() - interval '8 minutes'`)
    expect(await codeOf(invite('new@north.example'))).toBe('rate_limited')
    expect((await fieldsOf(invite('new@north.example')))['email']).toMatch(/next can go in 2 minutes/)
    expect(await told(owner, SCHOOL)).toHaveLength(1)
    await age(id, `"sentAt" = now() - interval '11 minutes'`)
    const again = await invite('new@north.example')
    expect(await codeOf(resend(again.id))).toBe('rate_limited')
    expect(await told(owner, SCHOOL)).toHaveLength(2)
  })

  test('of one school have an end in 24 hours, repeats and taken back invitations included', async () => {
    await owner.query(
      `WITH made AS (
         INSERT INTO "Invitation" ("tenantId", email, "invitedById", "sentAt", "expiresAt", "revokedAt")
         SELECT 'north', 'old' || n || '@y.example', 'boss0', now() - interval '1 hour', now() + interval '1 day', now()
         FROM generate_series(1, 100) n RETURNING id)
       INSERT INTO "Outbox" ("tenantId", kind, payload, "createdAt")
       SELECT 'north', 'mail.invitation', jsonb_build_object('invitationId', id), now() - interval '1 hour'
       FROM made, generate_series(1, 2) n LIMIT 198`,
    )
    const wanted = Array.from({ length: 10 }, (_, n) => codeOf(invite(`p${String(n)}@north.example`)))
    const codes = await Promise.all(wanted)
    expect(codes.filter((code) => code === 'done')).toHaveLength(2)
    expect(new Set(codes)).toEqual(new Set(['done', 'rate_limited']))
    expect((await fieldsOf(invite('q@north.example')))['form']).toMatch(
      /200 invitation letters.*none is left/,
    )
    const [open] = (
      await owner.query<{ id: string }>(`SELECT id FROM "Invitation" WHERE "revokedAt" IS NULL`)
    ).rows
    await age(open?.id ?? '', `"sentAt" = now() - interval '1 hour'`)
    expect(await codeOf(resend(open?.id ?? ''))).toBe('rate_limited')
    await owner.query(`UPDATE "Outbox" SET "createdAt" = now() - interval '25 hours'`)
    expect(await codeOf(invite('q@north.example'))).toBe('done')
  })

  test('are not sent by somebody who was demoted while they pressed', async () => {
    const { id } = await invite('old@north.example', { role: 'INSTRUCTOR' })
    await age(id, `"sentAt" = now() - interval '1 day'`)
    await makePeople(owner, SCHOOL, 'late', { role: 'ADMIN' })
    const late = (work: Parameters<typeof as<unknown>>[2]) =>
      as(SCHOOL, 'late0', async (db, by) => {
        await owner.query(`UPDATE "User" SET role = 'STUDENT' WHERE id = 'late0'`)
        return work(db, by)
      })
    const before = await fingerprint(owner, SCHOOL)
    const works = [
      (db: TenantDb, by: Inviting) =>
        invitePerson(db, by, { email: 'x@y.example', name: null, role: 'ADMIN', roleIds: [], limit: null }),
      (db: TenantDb, by: Inviting) => resendInvitation(db, by, { invitationId: id, limit: null }),
      (db: TenantDb, by: Inviting) => revokeInvitation(db, by, id),
      (db: TenantDb, by: Inviting) =>
        importPeople(db, by, {
          text: 'x@y.example,,admin',
          limit: null,
          client: { ip: '', requestId: null },
        }),
    ]
    for (const work of works) {
      await owner.query(`UPDATE "User" SET role = 'ADMIN' WHERE id = 'late0'`)
      expect(await codeOf(late(work))).toBe('forbidden')
    }
    await owner.query(`UPDATE "User" SET role = 'ADMIN' WHERE id = 'late0'`)
    expect(await fingerprint(owner, SCHOOL)).toBe(before)
  })
})

describe('an invitation', () => {
  test('is out of reach for other schools and for those who may give less', async () => {
    const { id } = await invite('new@north.example', { role: 'ADMIN' })
    await age(id, `"sentAt" = now() - interval '1 day'`)
    const before = await fingerprint(owner, SCHOOL)
    const revoked = as('south', 'lord0', (db, by) => revokeInvitation(db, by, id))
    expect(await codeOf(revoked)).toBe('not_found')
    const resent = as('south', 'lord0', (db, by) =>
      resendInvitation(db, by, { invitationId: id, limit: null }),
    )
    expect(await codeOf(resent)).toBe('not_found')
    expect(await codeOf(resend(id, 'desk0'))).toBe('forbidden')
    expect(await codeOf(revoke(id, 'desk0'))).toBe('forbidden')
    expect(await fingerprint(owner, SCHOOL)).toBe(before)
  })

  test('stands in the list until it is accepted or taken back; people’s own requests never do', async () => {
    const { id } = await invite('new@north.example')
    await owner.query(
      `INSERT INTO "Invitation" ("tenantId", email, "expiresAt") VALUES ('north', 'own@north.example', '2099-01-01Z')`,
    )
    const list = () => withTenant(SCHOOL, (db) => listInvitations(db, { cursor: null, limit: 10 }))
    expect((await list()).rows).toMatchObject([{ id, invitedByName: 'Person boss0', expired: false }])
    await revoke(id)
    expect((await list()).rows).toEqual([])
  })
})
