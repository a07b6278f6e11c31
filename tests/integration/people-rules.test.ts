import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withTenant } from '#lib/db/tenant'
import { changeCustomRoles } from '#lib/people/change-custom-roles'
import { changeRole } from '#lib/people/change-role'
import { deletePerson } from '#lib/people/delete-person'
import { disablePerson } from '#lib/people/disable-person'
import { enablePerson } from '#lib/people/enable-person'
import { resetSecondFactor } from '#lib/people/reset-second-factor'
import { signOutPerson } from '#lib/people/sign-out-person'
import type { GivenRole } from '#lib/people/rules'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { as, by, codeOf, fieldsOf, giveRole, makeRole, makeSession, signedIn, told } from './people-support'

const { owner } = await testDatabase()
const SCHOOL = 'north'

/** `boss0` and `boss1` run the school; `desk0` may manage people, and otherwise teaches. */
beforeAll(async () => {
  for (const school of [SCHOOL, 'south']) {
    await makeSchool(owner, school)
    await makePeople(owner, school, `${school}boss`, { count: 2, role: 'ADMIN' })
  }
  await makePeople(owner, SCHOOL, 'desk', { role: 'INSTRUCTOR' })
  await makePeople(owner, SCHOOL, 'tea', { count: 3, role: 'INSTRUCTOR' })
  await makePeople(owner, SCHOOL, 'ann', { count: 20 })
  await makePeople(owner, 'south', 'sam')
  await makeRole(owner, SCHOOL, 'office', ['user:manage', 'user:invite'])
  await makeRole(owner, SCHOOL, 'auditor', ['audit:read'])
  await makeRole(owner, SCHOOL, 'helper', ['course:read'])
  await makeRole(owner, 'south', 'foreign', ['course:read'])
  await giveRole(owner, SCHOOL, 'desk0', 'office')
})

beforeEach(async () => {
  await owner.query(
    `UPDATE "User" SET role = 'ADMIN', "disabledAt" = null, "deletedAt" = null WHERE id LIKE 'northboss%'`,
  )
})

/** Everything that can be done to somebody, with input that would otherwise be taken. */
const ACTS = {
  changeRole: (actor: string, userId: string, seen: GivenRole = 'STUDENT') =>
    as(SCHOOL, actor, (db, who) => changeRole(db, who, { userId, role: seen, seen })),
  changeCustomRoles: (actor: string, userId: string) =>
    as(SCHOOL, actor, (db, who) => changeCustomRoles(db, who, { userId, roleIds: [], seen: [] })),
  disable: (actor: string, userId: string) => as(SCHOOL, actor, (db, who) => disablePerson(db, who, userId)),
  enable: (actor: string, userId: string) => as(SCHOOL, actor, (db, who) => enablePerson(db, who, userId)),
  signOut: (actor: string, userId: string) => as(SCHOOL, actor, (db, who) => signOutPerson(db, who, userId)),
  resetSecondFactor: (actor: string, userId: string) =>
    as(SCHOOL, actor, (db, who) => resetSecondFactor(db, who, userId)),
  delete: (actor: string, userId: string) =>
    as(SCHOOL, actor, (db, who) => deletePerson(db, who, { userId, successor: null })),
} as const

describe.each(Object.entries(ACTS))('%s', (_name, act) => {
  test('is never done to oneself', async () => {
    const before = await fingerprint(owner, SCHOOL)
    expect(await codeOf(act('northboss0', 'northboss0'))).toBe('forbidden')
    expect(await fingerprint(owner, SCHOOL)).toBe(before)
  })

  test('is never done to somebody who may do more', async () => {
    const before = await fingerprint(owner, SCHOOL)
    expect(await codeOf(act('desk0', 'northboss0'))).toBe('forbidden')
    expect(await fingerprint(owner, SCHOOL)).toBe(before)
  })

  test('finds nobody in another school, and changes nothing there', async () => {
    const before = await fingerprint(owner, 'south')
    expect(await codeOf(act('northboss0', 'sam0'))).toBe('not_found')
    expect(await codeOf(act('northboss0', 'nobody'))).toBe('not_found')
    expect(await fingerprint(owner, 'south')).toBe(before)
  })

  test('needs the permission in the very transaction that writes', async () => {
    const before = await fingerprint(owner, SCHOOL)
    expect(await codeOf(act('tea0', 'ann0'))).toBe('forbidden')
    expect(await fingerprint(owner, SCHOOL)).toBe(before)
  })
})

describe('a role', () => {
  const change = (actor: string, userId: string, role: GivenRole, seen: GivenRole) =>
    as(SCHOOL, actor, (db, who) => changeRole(db, who, { userId, role, seen }))

  test('is given by nobody who holds less', async () => {
    expect(await codeOf(change('desk0', 'ann1', 'ADMIN', 'STUDENT'))).toBe('forbidden')
    expect(await codeOf(change('desk0', 'ann1', 'INSTRUCTOR', 'STUDENT'))).toBe('done')
    expect(await codeOf(change('northboss0', 'ann1', 'ADMIN', 'INSTRUCTOR'))).toBe('done')
    expect(await codeOf(change('northboss0', 'ann1', 'STUDENT', 'ADMIN'))).toBe('done')
  })

  test('that somebody else changed meanwhile is not overwritten', async () => {
    expect(await codeOf(change('northboss0', 'ann2', 'ADMIN', 'INSTRUCTOR'))).toBe('conflict')
  })

  test('can’t be the platform’s, whatever a form says', async () => {
    const role = JSON.parse('"SUPER_ADMIN"') as GivenRole
    expect(await codeOf(change('northboss0', 'ann2', role, 'STUDENT'))).toBe('forbidden')
  })
})

describe('custom roles', () => {
  const change = (actor: string, roleIds: string[], seen: string[] = []) =>
    as(SCHOOL, actor, (db, who) => changeCustomRoles(db, who, { userId: 'ann3', roleIds, seen }))

  test('are given, and taken, by nobody who holds less', async () => {
    expect(await codeOf(change('desk0', ['auditor']))).toBe('forbidden')
    expect(await change('northboss0', ['auditor', 'helper'])).toEqual({
      before: [],
      after: ['Role auditor', 'Role helper'],
    })
    // Somebody who may read the audit log is beyond the office now.
    expect(await codeOf(change('desk0', [], ['auditor', 'helper']))).toBe('forbidden')
    expect(await codeOf(change('northboss0', ['helper'], ['auditor', 'helper']))).toBe('done')
    expect(await codeOf(change('desk0', [], ['helper']))).toBe('done')
  })

  test('of another school are not found', async () => {
    const before = await fingerprint(owner, SCHOOL)
    expect(await codeOf(change('northboss0', ['foreign']))).toBe('not_found')
    expect(await fingerprint(owner, SCHOOL)).toBe(before)
  })

  test('that somebody else changed meanwhile are not overwritten', async () => {
    expect(await codeOf(change('northboss0', [], ['helper']))).toBe('conflict')
  })
})

describe('the last active admin', () => {
  const others = (state: string) => owner.query(`UPDATE "User" SET ${state} WHERE id = 'northboss1'`)
  const acts = [
    (id: string) =>
      as(SCHOOL, 'chief', (db, who) => changeRole(db, who, { userId: id, role: 'STUDENT', seen: 'ADMIN' })),
    (id: string) => as(SCHOOL, 'chief', (db, who) => disablePerson(db, who, id)),
    (id: string) => as(SCHOOL, 'chief', (db, who) => deletePerson(db, who, { userId: id, successor: null })),
  ]

  beforeAll(async () => {
    // Holds all that an admin does without being one, and so could act on the last of them.
    await makePeople(owner, SCHOOL, 'chie', { role: 'INSTRUCTOR' })
    await owner.query(`UPDATE "User" SET id = 'chief' WHERE id = 'chie0'`)
    const all = ['user:manage', 'user:invite', 'course:edit-any', 'enrollment:manage', 'grade:read-any']
    const rest = ['role:manage', 'school:settings', 'audit:read', 'analytics:read-any']
    await makeRole(owner, SCHOOL, 'everything', [...all, ...rest])
    await giveRole(owner, SCHOOL, 'chief', 'everything')
  })

  test.each([`role = 'STUDENT'`, `"disabledAt" = now()`, `"deletedAt" = now()`])(
    'can’t be demoted, disabled or deleted while the other one has %s',
    async (state) => {
      await others(state)
      for (const act of acts) {
        const before = await fingerprint(owner, SCHOOL)
        expect(await codeOf(act('northboss0'))).toBe('forbidden')
        expect(await fingerprint(owner, SCHOOL)).toBe(before)
      }
      expect((await fieldsOf(acts[0]?.('northboss0') ?? Promise.resolve()))['form']).toMatch(
        /only active admin/,
      )
    },
  )

  test('stays when two admins demote each other at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      await owner.query(`UPDATE "User" SET role = 'ADMIN' WHERE id LIKE 'northboss%'`)
      const demote = (actor: string, userId: string) =>
        codeOf(
          as(SCHOOL, actor, (db, who) => changeRole(db, who, { userId, role: 'STUDENT', seen: 'ADMIN' })),
        )
      const codes = await Promise.all([
        demote('northboss0', 'northboss1'),
        demote('northboss1', 'northboss0'),
      ])
      expect(codes.filter((code) => code === 'done')).toHaveLength(1)
      const left = await owner.query(
        `SELECT 1 FROM "User" WHERE "tenantId" = $1 AND role = 'ADMIN' AND "disabledAt" IS NULL AND "deletedAt" IS NULL`,
        [SCHOOL],
      )
      expect(left.rowCount).toBe(1)
    }
  })

  test('is not one of those who were demoted while they waited to act', async () => {
    // boss0 asked while an admin, but by the time their turn comes they are none.
    const late = withTenant(SCHOOL, async (db) => {
      const who = await by(db, 'northboss0')
      await owner.query(`UPDATE "User" SET role = 'STUDENT' WHERE id = 'northboss0'`)
      return disablePerson(db, who, 'ann4')
    })
    expect(await codeOf(late)).toBe('forbidden')
  })
})

describe('sessions', () => {
  test('end with being disabled, and don’t come back with being enabled', async () => {
    const cookie = await makeSession(owner, SCHOOL, 'ann5')
    expect(await signedIn(SCHOOL, cookie)).toBe(true)
    expect(await ACTS.disable('northboss0', 'ann5')).toEqual({ changed: true, sessions: 1 })
    expect(await signedIn(SCHOOL, cookie)).toBe(false)
    await ACTS.enable('northboss0', 'ann5')
    expect(await signedIn(SCHOOL, cookie)).toBe(false)
  })

  test('end on all devices when they are ended, and nobody else’s', async () => {
    const own = [await makeSession(owner, SCHOOL, 'ann6'), await makeSession(owner, SCHOOL, 'ann6')]
    const other = await makeSession(owner, SCHOOL, 'ann7')
    expect(await ACTS.signOut('desk0', 'ann6')).toEqual({ sessions: 2 })
    for (const cookie of own) expect(await signedIn(SCHOOL, cookie)).toBe(false)
    expect(await signedIn(SCHOOL, other)).toBe(true)
  })
})

describe('a second factor', () => {
  test('is removed with its recovery codes, and its person is told', async () => {
    await owner.query(
      `INSERT INTO "SecondFactor" ("tenantId", "userId", secret, "confirmedAt") VALUES ('north', 'ann8', 'x', now())`,
    )
    await owner.query(
      `INSERT INTO "RecoveryCode" ("tenantId", "userId", "codeHash") VALUES ('north', 'ann8', 'x')`,
    )
    expect(await ACTS.resetSecondFactor('northboss0', 'ann8')).toEqual({ removed: true })
    const left = await owner.query(
      `SELECT 1 FROM "SecondFactor" WHERE "userId" = 'ann8' UNION ALL SELECT 1 FROM "RecoveryCode" WHERE "userId" = 'ann8'`,
    )
    expect(left.rowCount).toBe(0)
    const notice = { kind: 'mail.account-notice', payload: { userId: 'ann8', what: 'second-factor-off' } }
    expect(await told(owner, SCHOOL)).toContainEqual(notice)
    expect(await ACTS.resetSecondFactor('northboss0', 'ann8')).toEqual({ removed: false })
    expect((await told(owner, SCHOOL)).filter((one) => one.kind === notice.kind)).toHaveLength(1)
  })
})

describe('deleting', () => {
  const remove = (userId: string, successor: string | null) =>
    as(SCHOOL, 'northboss0', (db, who) => deletePerson(db, who, { userId, successor }))

  test('ends sessions, frees the address at once and says what stays', async () => {
    await makeCourse(owner, SCHOOL, 'maths', { instructorId: 'tea0' })
    await makeEnrollments(owner, SCHOOL, 'maths', ['ann9'])
    const cookie = await makeSession(owner, SCHOOL, 'ann9')
    expect(await remove('ann9', null)).toMatchObject({
      enrollments: 1,
      submissions: 0,
      attempts: 0,
      courses: 0,
    })
    expect(await signedIn(SCHOOL, cookie)).toBe(false)
    await owner.query(
      `INSERT INTO "User" ("tenantId", email, name, password) VALUES ('north', 'ann9@north.example', 'Next', '!')`,
    )
    const kept = await owner.query(`SELECT 1 FROM "Enrollment" WHERE "userId" = 'ann9'`)
    expect(kept.rowCount).toBe(1)
    expect(await codeOf(remove('ann9', null))).toBe('not_found')
  })

  test('nobody who teaches goes without a fit successor, who then has all their courses', async () => {
    await makeCourse(owner, SCHOOL, 'art', { instructorId: 'tea1' })
    await makeCourse(owner, SCHOOL, 'old', { instructorId: 'tea1' })
    await owner.query(`UPDATE "Course" SET "deletedAt" = now() WHERE id = 'old'`)
    await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = 'tea2'`)
    const unfit = [
      null,
      'nobody@north.example',
      'sam0@south.example',
      'tea1@north.example',
      'tea2@north.example',
      'ann10@north.example',
    ]
    for (const successor of unfit) {
      const before = await fingerprint(owner, SCHOOL)
      expect(Object.keys(await fieldsOf(remove('tea1', successor)))).toEqual(['successor'])
      expect(await fingerprint(owner, SCHOOL)).toBe(before)
    }
    expect(await remove('tea1', 'tea0@north.example')).toMatchObject({ courses: 1, successorId: 'tea0' })
    const taught = await owner.query<{ id: string }>(
      `SELECT id FROM "Course" WHERE "instructorId" = 'tea0' ORDER BY id`,
    )
    expect(taught.rows.map((row) => row.id)).toEqual(['art', 'maths', 'old'])
  })
})
