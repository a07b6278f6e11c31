import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { can } from '#lib/auth/access'
import { actorOf, authorize } from '#lib/auth/actor'
import { GRANTABLE, type Permission, permissionsOf } from '#lib/auth/permissions'
import { getSchoolSettings } from '#lib/db/queries/school'
import { getRole, replaceRoles, roleHolders, listRoles } from '#lib/db/queries/roles'
import { findSchoolBySubdomain } from '#lib/db/platform'
import { findSession } from '#lib/db/session'
import { withTenant } from '#lib/db/tenant'
import type { By } from '#lib/roles/check-role'
import { createRole } from '#lib/roles/create-role'
import { deleteRole } from '#lib/roles/delete-role'
import { lossOf, readStored } from '#lib/roles/rules'
import { updateRole } from '#lib/roles/update-role'
import { createHash } from 'node:crypto'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)

const ADMIN: By = { actorId: 'adm0', locale: 'en' }
/** May make roles, and little else: `letKeep` first. */
const KEEPER: By = { actorId: 'kee0', locale: 'en' }

/** Gives the keeper their role. */
async function letKeep(): Promise<void> {
  await storeRole('keeping', ['role:manage', 'user:read'])
  await north((db) => replaceRoles(db, { userId: 'kee0', roleIds: ['keeping'] }))
}

async function storeRole(id: string, permissions: readonly unknown[], tenantId = 'north'): Promise<Date> {
  const { rows } = await owner.query<{ updatedAt: Date }>(
    `INSERT INTO "Role" (id, "tenantId", name, permissions) VALUES ($1, $2, 'Role ' || $1, $3) RETURNING "updatedAt"`,
    [id, tenantId, JSON.stringify(permissions)],
  )
  return rows[0]?.updatedAt ?? new Date(0)
}

async function storedPermissions(id: string): Promise<unknown> {
  return (await north((db) => getRole(db, id))).permissions
}

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'stu', { count: 5 })
  await makePeople(owner, 'north', 'kee')
  await makePeople(owner, 'south', 'lord', { role: 'ADMIN' })
  await makePeople(owner, 'north', 'tea', { count: 2, role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'adm', { count: 2, role: 'ADMIN' })
})

beforeEach(async () => {
  await owner.query(`DELETE FROM "Role"`)
})

describe('what a custom role adds', () => {
  /** Which permissions the person of a session has at their next request. */
  async function nextRequest(userId: string): Promise<ReadonlySet<Permission>> {
    const hash = createHash('sha256').update(userId).digest('hex')
    await owner.query(
      `INSERT INTO "Session" ("tenantId", "userId", "tokenHash", method, "expiresAt")
       VALUES ('north', $1, $2, 'password', now() + interval '1 day') ON CONFLICT DO NOTHING`,
      [userId, hash],
    )
    const school = await findSchoolBySubdomain('north')
    const actor = actorOf({ tenantId: 'north', school }, await findSession('north', hash))
    const allowed = GRANTABLE.filter((permission) => {
      try {
        authorize(can(permission), actor, 'north')
        return true
      } catch {
        return false
      }
    })
    return new Set(allowed)
  }

  test.each([
    ['stu0', 'STUDENT'],
    ['tea0', 'INSTRUCTOR'],
  ] as const)(
    '%s can do exactly that from the next request on, and no more once it is taken away',
    async (userId, role) => {
      const before = permissionsOf(role)
      expect(await nextRequest(userId)).toEqual(before)
      const { id } = await north((db) =>
        createRole(db, {
          by: ADMIN,
          name: 'Registrar',
          description: null,
          permissions: ['user:invite', 'audit:read'],
        }),
      )
      await north((db) => replaceRoles(db, { userId, roleIds: [id] }))
      expect(await nextRequest(userId)).toEqual(new Set([...before, 'user:invite', 'audit:read']))

      const { updatedAt } = await north((db) => getRole(db, id))
      await north((db) =>
        updateRole(db, {
          ...{ by: ADMIN, id, seen: updatedAt, name: 'Registrar', description: null },
          permissions: ['user:invite'],
        }),
      )
      expect(await nextRequest(userId)).toEqual(new Set([...before, 'user:invite']))

      await north((db) => deleteRole(db, { by: ADMIN, id }))
      expect(await nextRequest(userId)).toEqual(before)
    },
  )

  test('names that are no permission of a school give nothing, whoever stored them', async () => {
    await storeRole('odd', ['platform:manage', 'course:fly', 7, { a: 1 }, 'audit:read'])
    await north((db) => replaceRoles(db, { userId: 'stu1', roleIds: ['odd'] }))
    expect(await nextRequest('stu1')).toEqual(new Set([...permissionsOf('STUDENT'), 'audit:read']))
  })
})

describe('nobody goes beyond what they hold', () => {
  beforeEach(letKeep)

  test('nobody puts a permission into a new role that they don’t hold', async () => {
    const before = await fingerprint(owner, 'north')
    const made = north((db) =>
      createRole(db, {
        by: KEEPER,
        name: 'Mine',
        description: null,
        permissions: ['user:read', 'user:manage'],
      }),
    )
    await expect(made).rejects.toMatchObject({
      code: 'forbidden',
      fields: { 'may-user': expect.stringContaining('Change roles, disable and remove people') as string },
    })
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('nobody adds one to a role, their own included', async () => {
    const seen = await storeRole('keeper', ['role:manage', 'user:read'])
    await north((db) => replaceRoles(db, { userId: 'stu2', roleIds: ['keeper'] }))
    const upwards = north((db) =>
      updateRole(db, {
        ...{ by: KEEPER, id: 'keeper', seen, name: 'Keeper', description: null },
        permissions: ['role:manage', 'user:read', 'school:settings'],
      }),
    )
    await expect(upwards).rejects.toMatchObject({ code: 'forbidden' })
    expect(await storedPermissions('keeper')).toEqual(['role:manage', 'user:read'])
  })

  test('nobody edits or deletes a role that holds one they lack, not even to take it out', async () => {
    const seen = await storeRole('strong', ['user:read', 'grade:read-any'])
    const before = await fingerprint(owner, 'north')
    const edit = { by: KEEPER, id: 'strong', seen, name: 'Weak', description: null, permissions: [] }
    await expect(north((db) => updateRole(db, edit))).rejects.toMatchObject({ code: 'forbidden' })
    const gone = north((db) => deleteRole(db, { by: KEEPER, id: 'strong' }))
    await expect(gone).rejects.toMatchObject({ code: 'forbidden' })
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('a role that grows while somebody deletes it is not deleted by whoever it has outgrown', async () => {
    const seen = await storeRole('grows', ['user:read'])
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const growth = north(async (db) => {
      const permissions = ['user:read', 'school:settings'] as const
      await updateRole(db, { by: ADMIN, id: 'grows', seen, name: 'Grows', description: null, permissions })
      await held
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    const deletion = north((db) => deleteRole(db, { by: KEEPER, id: 'grows' }))
    const refused = expect(deletion).rejects.toMatchObject({ code: 'forbidden' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    release()
    await growth
    await refused
    expect(await storedPermissions('grows')).toEqual(['user:read', 'school:settings'])
  })

  test('nobody changes or deletes a role that somebody has who may do more than they', async () => {
    const seen = await storeRole('shared', ['user:read'])
    await storeRole('auditor', ['audit:read'])
    await north((db) => replaceRoles(db, { userId: 'stu3', roleIds: ['shared', 'auditor'] }))
    await north((db) => replaceRoles(db, { userId: 'stu4', roleIds: ['shared'] }))
    const edit = { by: KEEPER, id: 'shared', seen, name: 'Shared', description: null }
    for (const [userId, roleIds] of [
      ['stu3', ['shared', 'auditor']],
      ['adm1', ['shared']],
    ] as const) {
      await owner.query(`DELETE FROM "RoleAssignment" WHERE "userId" = ANY ('{stu3,adm1}')`)
      await north((db) => replaceRoles(db, { userId, roleIds }))
      const before = await fingerprint(owner, 'north')
      const works = [
        () => north((db) => updateRole(db, { ...edit, permissions: [] })),
        () => north((db) => deleteRole(db, { by: KEEPER, id: 'shared' })),
      ]
      for (const work of works)
        await expect(work()).rejects.toMatchObject({
          code: 'forbidden',
          fields: { form: expect.stringContaining('One person with this role') as string },
        })
      expect(await fingerprint(owner, 'north')).toBe(before)
    }
    // What it is called takes nothing from anybody.
    const { updatedAt } = await north((db) =>
      updateRole(db, { ...edit, name: 'Called', permissions: ['user:read'] }).then(() =>
        getRole(db, 'shared'),
      ),
    )
    await north((db) => updateRole(db, { ...edit, by: ADMIN, seen: updatedAt, permissions: [] }))
    expect(await storedPermissions('shared')).toEqual([])
  })

  test('somebody who was demoted while they pressed changes no role', async () => {
    const seen = await storeRole('any', ['user:read'])
    await owner.query(`UPDATE "User" SET role = 'INSTRUCTOR' WHERE id = 'adm0'`)
    const before = await fingerprint(owner, 'north')
    const fields = { by: ADMIN, name: 'New', description: null, permissions: [] }
    const works = [
      () => north((db) => createRole(db, fields)),
      () => north((db) => updateRole(db, { ...fields, id: 'any', seen })),
      () => north((db) => deleteRole(db, { by: ADMIN, id: 'any' })),
    ]
    for (const work of works) await expect(work()).rejects.toMatchObject({ code: 'forbidden' })
    expect(await fingerprint(owner, 'north')).toBe(before)
    await owner.query(`UPDATE "User" SET role = 'ADMIN' WHERE id = 'adm0'`)
  })

  test('names that mean nothing don’t keep anybody from a role, and go when it is saved', async () => {
    const seen = await storeRole('old', ['platform:manage', 'course:fly', 'user:read'])
    expect(readStored(await storedPermissions('old'))).toEqual({
      known: ['user:read'],
      unknown: ['platform:manage', 'course:fly'],
    })
    await north((db) =>
      updateRole(db, {
        ...{ by: KEEPER, id: 'old', seen, name: 'Old', description: null },
        permissions: ['user:read'],
      }),
    )
    expect(await storedPermissions('old')).toEqual(['user:read'])
  })
})

describe('the demand for a second factor', () => {
  async function asked(userId: string): Promise<boolean> {
    const hash = createHash('sha256').update(`asked/${userId}`).digest('hex')
    await owner.query(
      `INSERT INTO "Session" ("tenantId", "userId", "tokenHash", method, "expiresAt")
       VALUES ('north', $1, $2, 'password', now() + interval '1 day') ON CONFLICT DO NOTHING`,
      [userId, hash],
    )
    const school = await findSchoolBySubdomain('north')
    const actor = actorOf({ tenantId: 'north', school }, await findSession('north', hash))
    return actor.kind === 'person' && actor.mustSetUp
  }

  test('reaches whoever may do more than learn, by whatever role, and the settings count them', async () => {
    const settings = () => north(getSchoolSettings)
    const { staffWithout } = await settings()
    await owner.query(`UPDATE "Tenant" SET "staffSecondFactor" = true WHERE id = 'north'`)
    await storeRole('grader', ['grade:read-any'])
    await storeRole('learner', ['course:read', 'exam:take', 'platform:manage', 7])
    await north((db) => replaceRoles(db, { userId: 'stu0', roleIds: ['grader', 'learner'] }))
    await north((db) => replaceRoles(db, { userId: 'stu1', roleIds: ['learner'] }))
    expect(await Promise.all(['stu0', 'stu1', 'stu2', 'tea0', 'adm0'].map(asked))).toEqual([
      ...[true, false, false, true, true],
    ])
    expect((await settings()).staffWithout).toBe(staffWithout + 1)
    await owner.query(`UPDATE "Tenant" SET "staffSecondFactor" = false WHERE id = 'north'`)
    expect(await asked('stu0')).toBe(false)
  })
})

describe('names', () => {
  const make = (name: string) =>
    north((db) => createRole(db, { by: ADMIN, name, description: null, permissions: [] }))

  test('are unique, whatever their case', async () => {
    const { id } = await make('Registrar')
    await expect(make('REGISTRAR')).rejects.toMatchObject({
      code: 'conflict',
      fields: { name: expect.any(String) as string },
    })
    const { updatedAt } = await north((db) => getRole(db, id))
    const own = { by: ADMIN, id, seen: updatedAt, name: 'registrar', description: null, permissions: [] }
    await north((db) => updateRole(db, own))
    await make('Other')
    const { updatedAt: now } = await north((db) => getRole(db, id))
    const taken = north((db) => updateRole(db, { ...own, seen: now, name: 'OTHER' }))
    await expect(taken).rejects.toMatchObject({ code: 'conflict' })
  })

  test('are given once, also to twenty who ask at the same moment', async () => {
    const asked = Array.from({ length: 20 }, (_, n) => make(n % 2 === 0 ? 'Mentor' : 'MENTOR'))
    const results = await Promise.allSettled(asked)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await north(listRoles)).toHaveLength(1)
  })

  test('a school has at most a hundred roles', async () => {
    await owner.query(
      `INSERT INTO "Role" (id, "tenantId", name, permissions) SELECT 'r' || n, 'north', 'Role ' || n, '[]' FROM generate_series(1, 100) n`,
    )
    await expect(make('One more')).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

test('of two who edit the same role one is told, and what the other saved stays', async () => {
  const seen = await storeRole('both', ['user:read'])
  const edit = (description: string) =>
    north((db) =>
      updateRole(db, { by: ADMIN, id: 'both', seen, name: 'Both', description, permissions: ['audit:read'] }),
    )
  await edit('first')
  await expect(edit('second')).rejects.toMatchObject({ code: 'conflict' })
  expect(await north((db) => getRole(db, 'both'))).toMatchObject({
    description: 'first',
    permissions: ['audit:read'],
  })
})

test('deleting says beforehand how many people lose what: whoever has it from elsewhere doesn’t', async () => {
  await storeRole('first', ['user:read', 'user:invite', 'audit:read'])
  await storeRole('second', ['audit:read'])
  // stu0 and stu1 have nothing else, stu2 the audit log too, tea0 sees people anyway, adm0 may do everything.
  for (const userId of ['stu0', 'stu1', 'tea0', 'adm0'])
    await north((db) => replaceRoles(db, { userId, roleIds: ['first'] }))
  await north((db) => replaceRoles(db, { userId: 'stu2', roleIds: ['first', 'second'] }))
  const holders = await north((db) => roleHolders(db, 'first'))
  expect(lossOf(['user:read', 'user:invite', 'audit:read'], holders)).toEqual([
    { permission: 'user:read', people: 3 },
    { permission: 'user:invite', people: 4 },
    { permission: 'audit:read', people: 3 },
  ])
})

test('roles of another school are not there, and nothing of them changes', async () => {
  const seen = await storeRole('theirs', ['user:read'])
  const before = await fingerprint(owner, 'north')
  const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
  const by: By = { actorId: 'lord0', locale: 'en' }
  const edit = { by, id: 'theirs', seen, name: 'Taken', description: null, permissions: [] }
  await expect(south((db) => updateRole(db, edit))).rejects.toMatchObject({ code: 'not_found' })
  await expect(south((db) => deleteRole(db, { by, id: 'theirs' }))).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await south(listRoles)).toEqual([])
  expect(await fingerprint(owner, 'north')).toBe(before)
})

test('the list costs one statement, however many roles there are', async () => {
  await owner.query(
    `INSERT INTO "Role" (id, "tenantId", name, permissions) SELECT 'r' || n, 'north', 'Role ' || n, '[]' FROM generate_series(1, 100) n`,
  )
  expect(await statementsOf(() => north(listRoles))).toHaveLength(1)
})
