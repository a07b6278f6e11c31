import { beforeAll, describe, expect, test } from 'vitest'
import pg from 'pg'
import { newSessionToken, sessionTokenHash } from '#lib/adapters/keys/session-token'
import { findSchoolBySubdomain, PLATFORM_TENANT_ID } from '#lib/db/platform'
import { openRequestedSchool } from '#lib/db/queries/school-requests'
import { startSession } from '#lib/db/queries/sessions'
import { findSession } from '#lib/db/session'
import { withRealm } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { changePlan } from '#lib/platform/change-plan'
import { changeStatus } from '#lib/platform/change-status'
import { readSchools } from '#lib/platform/list-schools'
import { readLog } from '#lib/platform/read-log'
import { readSchool } from '#lib/platform/read-school'
import { schoolsSearch, type SchoolsSearch } from '#lib/schools/contract'
import { testDatabase } from '#tests/support/database'
import { makeOneOfEach, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

const { owner, platformUrl } = await testDatabase()
const doing = { actorId: 'root', client: { ip: '192.0.2.9', requestId: 'r9' } }
const reason = 'asked for by the school'

beforeAll(async () => {
  await owner.query(
    `INSERT INTO "User" (id, "tenantId", email, name, password, role) VALUES ('root', 'platform', 'root@platform.example', 'Rut Root', '!', 'SUPER_ADMIN')`,
  )
  await makeOneOfEach(owner, 'north')
  await makeSchool(owner, 'south')
  await makePeople(owner, 'south', 'sp', { count: 85 })
})

const search = (more: Partial<SchoolsSearch> = {}): SchoolsSearch => ({ ...schoolsSearch.parse({}), ...more })

async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof AppError ? [error.code, ...Object.keys(error.fields)] : error),
  )
}

const logOf = async (schoolId: string) =>
  (await readLog({ q: '', schoolId, cursor: undefined, limit: 50 })).lines

/** All ids of the list, page by page, forwards or backwards. */
async function walk(
  more: Partial<SchoolsSearch>,
  limit: number,
): Promise<{ there: string[]; back: string[] }> {
  const there: string[] = []
  let page = await readSchools(search(more), limit)
  there.push(...page.schools.map((school) => school.id))
  while (page.nextCursor !== null) {
    page = await readSchools(search({ ...more, cursor: page.nextCursor }), limit)
    there.push(...page.schools.map((school) => school.id))
  }
  const back = page.schools.map((school) => school.id)
  while (page.previousCursor !== null) {
    page = await readSchools(search({ ...more, cursor: page.previousCursor }), limit)
    back.unshift(...page.schools.map((school) => school.id))
  }
  return { there, back }
}

describe('the list of schools', () => {
  test('never has the platform itself in it, nor counts it', async () => {
    const page = await readSchools(search({ q: 'platform' }), 10)
    expect(page.schools).toEqual([])
    expect((await readSchools(search({ q: 'SmartLMS' }), 10)).schools).toEqual([])
    expect(page.totals).toEqual({ all: 2, active: 2, suspended: 0, closed: 0 })
    expect(await refusal(readSchool({ schoolId: PLATFORM_TENANT_ID, cursor: undefined, limit: 5 }))).toEqual([
      'not_found',
    ])
  })

  test('shows numbers that equal a recount, and nothing that names a person or a course', async () => {
    const { schools } = await readSchools(search({ sort: 'name' }), 10)
    for (const school of schools) {
      const { rows } = await owner.query(
        `SELECT (SELECT count(*)::int FROM "User" WHERE "tenantId" = $1 AND "deletedAt" IS NULL)
            + (SELECT count(*)::int FROM "Invitation" WHERE "tenantId" = $1 AND "acceptedAt" IS NULL AND "revokedAt" IS NULL
              AND "expiresAt" > now() AND "invitedById" IS NOT NULL) AS people,
          (SELECT count(*)::int FROM "User" WHERE "tenantId" = $1 AND role = 'ADMIN' AND "deletedAt" IS NULL) AS admins,
          (SELECT count(*)::int FROM "Course" WHERE "tenantId" = $1 AND "deletedAt" IS NULL) AS courses,
          (SELECT count(*)::int FROM "Enrollment" WHERE "tenantId" = $1) AS enrollments,
          (SELECT coalesce(sum(amount), 0)::int FROM "UsageCounter" WHERE "tenantId" = $1 AND kind = 'storage') AS "storageBytes",
          (SELECT count(*)::int FROM "User" WHERE "tenantId" = $1 AND "lastSeenAt" > now() - interval '30 days') AS "activeLastMonth"`,
        [school.id],
      )
      expect({ id: school.id, ...school.numbers }).toEqual({ id: school.id, ...rows[0] })
    }
    expect(schools.map((school) => school.numbers.people)).toEqual([3, 85])
    const shown = JSON.stringify([
      schools,
      await readSchool({ schoolId: 'north', cursor: undefined, limit: 5 }),
    ])
    const { rows: words } = await owner.query<{ word: string }>(
      `SELECT name AS word FROM "User" WHERE "tenantId" = 'north' UNION SELECT email FROM "User" WHERE "tenantId" = 'north'
       UNION SELECT title FROM "Course" WHERE "tenantId" = 'north' UNION SELECT id FROM "User" WHERE "tenantId" = 'north'`,
    )
    for (const { word } of words) expect(shown).not.toContain(`"${word}"`)
  })

  test('finds by name and address, and by plan and status', async () => {
    const ids = async (more: Partial<SchoolsSearch>) =>
      (await readSchools(search(more), 10)).schools.map((school) => school.id)
    expect(await ids({ q: 'SOUTH' })).toEqual(['south'])
    expect(await ids({ q: '%' })).toEqual([])
    expect(await ids({ plan: 'PRO' })).toEqual([])
    expect(await ids({ status: 'ACTIVE', plan: 'FREE', sort: 'name' })).toEqual(['north', 'south'])
  })

  test('takes as many statements for a thousand schools as for ten, and three at most', async () => {
    const few = await statementsOf(() => readSchools(search(), 25))
    await owner.query(
      `INSERT INTO "Tenant" (id, name, subdomain, "createdAt") SELECT 'many' || n, CASE WHEN n % 2 = 0 THEN 'Many ' ELSE 'many ' END || n % 40,
         'many' || n, timestamptz '2026-01-01 00:00Z' + (n / 7) * interval '1 minute' FROM generate_series(1, 1000) n`,
    )
    const many = await statementsOf(() => readSchools(search(), 25))
    expect(many).toEqual(few)
    expect(many).toHaveLength(3)
    const one = await statementsOf(() => readSchool({ schoolId: 'north', cursor: undefined, limit: 10 }))
    expect(one).toHaveLength(3)
    expect((await readSchools(search(), 1)).totals.all).toBe(1002)
  })

  test('gives every school once, in order, forwards and backwards, where names and moments are equal too', async () => {
    for (const sort of ['newest', 'name'] as const) {
      const { there, back } = await walk({ q: 'many', sort }, 60)
      const order = sort === 'name' ? 'lower(name), id' : '"createdAt" desc, id desc'
      const { rows } = await owner.query<{ id: string }>(
        `SELECT id FROM "Tenant" WHERE subdomain LIKE 'many%' ORDER BY ${order}`,
      )
      expect(there).toEqual(rows.map((row) => row.id))
      expect(back).toEqual(there)
    }
  })

  test('knows no page behind a cursor that isn’t its own', async () => {
    const { nextCursor } = await readSchools(search({ sort: 'name' }), 5)
    const forged = Buffer.from(JSON.stringify(['newest', 'next', 'yesterday', 'north'])).toString('base64url')
    for (const cursor of ['x', nextCursor ?? '', forged])
      expect(await refusal(readSchools(search({ sort: 'newest', cursor }), 5))).toEqual(['not_found'])
  })
})

describe('changing a plan', () => {
  test('leaves one row with both plans, the reason, who and from where; twenty at once are one change', async () => {
    const change = { schoolId: 'south', seen: 'FREE', plan: 'PRO', reason } as const
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => refusal(changePlan(doing, change))))
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome !== 'accepted')).toEqual(
      Array.from({ length: 19 }, () => ['invalid_input', 'plan']),
    )
    const [line, ...more] = await logOf('south')
    expect(more).toEqual([])
    expect(line).toMatchObject({
      ...{ action: 'platform.change-plan', actorName: 'Rut Root', reason, ip: doing.client.ip },
      ...{ plan: { from: 'FREE', to: 'PRO' }, school: { id: 'south', subdomain: 'south' } },
    })
  })

  test('to the plan that it is on changes nothing and says so', async () => {
    const before = await fingerprint(owner, PLATFORM_TENANT_ID)
    const same = { schoolId: 'south', seen: 'PRO', plan: 'PRO', reason } as const
    expect(await refusal(changePlan(doing, same))).toEqual(['invalid_input', 'plan'])
    expect(await fingerprint(owner, PLATFORM_TENANT_ID)).toBe(before)
  })

  test('decided on a plan that somebody else has changed meanwhile is refused', async () => {
    const stale = { schoolId: 'south', seen: 'FREE', plan: 'ENTERPRISE', reason } as const
    expect(await refusal(changePlan(doing, stale))).toEqual(['conflict'])
  })

  test('to one that is too small for the school deletes nothing', async () => {
    await makePeople(owner, 'south', 'more', { count: 40 })
    await changePlan(doing, { schoolId: 'south', seen: 'PRO', plan: 'FREE', reason })
    const school = await readSchool({ schoolId: 'south', cursor: undefined, limit: 5 })
    expect([school.plan, school.numbers.people]).toEqual(['FREE', 125])
  })

  test('of the platform itself, or of no school, changes nothing', async () => {
    for (const schoolId of [PLATFORM_TENANT_ID, 'nowhere']) {
      const change = { schoolId, seen: 'ENTERPRISE', plan: 'FREE', reason } as const
      expect(await refusal(changePlan(doing, change))).toEqual(['not_found'])
    }
    expect((await owner.query(`SELECT plan FROM "Tenant" WHERE id = 'platform'`)).rows).toEqual([
      { plan: 'ENTERPRISE' },
    ])
  })
})

describe('changing a status', () => {
  test('counts at once, keeps the reason while the school is shut, and touches nothing else of it', async () => {
    await owner.query(`UPDATE "Tenant" SET "updatedAt" = "createdAt" WHERE id = 'north'`)
    const before = await fingerprint(owner, 'north')
    await changeStatus(doing, { schoolId: 'north', seen: 'ACTIVE', status: 'SUSPENDED', reason })
    expect((await findSchoolBySubdomain('north'))?.status).toBe('SUSPENDED')
    expect(await readSchool({ schoolId: 'north', cursor: undefined, limit: 5 })).toMatchObject({
      statusReason: reason,
    })
    await changeStatus(doing, {
      schoolId: 'north',
      seen: 'SUSPENDED',
      status: 'ACTIVE',
      reason: 'the bill was paid',
    })
    expect(await readSchool({ schoolId: 'north', cursor: undefined, limit: 5 })).toMatchObject({
      statusReason: null,
    })
    await owner.query(`UPDATE "Tenant" SET "updatedAt" = "createdAt" WHERE id = 'north'`)
    expect(await fingerprint(owner, 'north')).toBe(before)
    expect((await logOf('north')).map((line) => line.status)).toEqual([
      { from: 'SUSPENDED', to: 'ACTIVE' },
      { from: 'ACTIVE', to: 'SUSPENDED' },
    ])
  })

  test('to the one it has, or from a closed school to a suspended one, changes nothing and says so', async () => {
    expect(
      await refusal(changeStatus(doing, { schoolId: 'north', seen: 'ACTIVE', status: 'ACTIVE', reason })),
    ).toEqual(['invalid_input', 'form'])
    await changeStatus(doing, { schoolId: 'north', seen: 'ACTIVE', status: 'INACTIVE', reason })
    const step = { schoolId: 'north', seen: 'INACTIVE', status: 'SUSPENDED', reason } as const
    expect(await refusal(changeStatus(doing, step))).toEqual(['invalid_input', 'form'])
    expect(await refusal(changeStatus(doing, { ...step, seen: 'ACTIVE' }))).toEqual(['conflict'])
    await changeStatus(doing, { schoolId: 'north', seen: 'INACTIVE', status: 'ACTIVE', reason })
    expect(
      await refusal(changeStatus(doing, { ...step, schoolId: PLATFORM_TENANT_ID, seen: 'ACTIVE' })),
    ).toEqual(['not_found'])
  })
})

describe('the platform’s log', () => {
  test('finds by school, person, reason and action, and has no school’s own rows in it', async () => {
    const found = async (q: string) =>
      (await readLog({ q, schoolId: null, cursor: undefined, limit: 50 })).lines.map(
        (line) => line.school?.id,
      )
    expect(new Set(await found('the bill'))).toEqual(new Set(['north']))
    expect(await found('change-plan')).toEqual(['south', 'south'])
    expect((await found('rut root')).length).toBe((await found('')).length)
    expect(await found('course.publish')).toEqual([])
    expect(await found('_')).toEqual([])
  })

  test('pages forwards and back through every entry once', async () => {
    const all = (await readLog({ q: '', schoolId: null, cursor: undefined, limit: 50 })).lines.map(
      (line) => line.id,
    )
    const first = await readLog({ q: '', schoolId: null, cursor: undefined, limit: 2 })
    const second = await readLog({ q: '', schoolId: null, cursor: first.nextCursor ?? '', limit: 2 })
    const back = await readLog({ q: '', schoolId: null, cursor: second.previousCursor ?? '', limit: 2 })
    expect([...first.lines, ...second.lines].map((line) => line.id)).toEqual(all.slice(0, 4))
    expect(back.lines).toEqual(first.lines)
  })
})

describe('sessions', () => {
  const begin = async (tenantId: string, userId: string): Promise<string> => {
    const hash = sessionTokenHash(newSessionToken()) ?? ''
    const made = await withRealm(tenantId, (db) =>
      startSession(db, {
        ...{
          userId,
          tokenHash: hash,
          method: 'password',
          withSecondFactor: false,
          userAgent: null,
          ip: null,
        },
      }),
    )
    expect(made).toBe(true)
    return hash
  }

  test('of a school are worth nothing on the root host, and the platform’s nothing in a school', async () => {
    const [school, root] = [await begin('north', 'northt0'), await begin(PLATFORM_TENANT_ID, 'root')]
    expect((await findSession('north', school))?.userId).toBe('northt0')
    expect((await findSession(PLATFORM_TENANT_ID, root))?.role).toBe('SUPER_ADMIN')
    expect(await findSession(PLATFORM_TENANT_ID, school)).toBeNull()
    expect(await findSession('north', root)).toBeNull()
    expect(await findSession('south', school)).toBeNull()
  })

  test('outlive a suspension, and not their own end', async () => {
    const [kept, ended] = [await begin('south', 'sp0'), await begin('south', 'sp1')]
    await changeStatus(doing, { schoolId: 'south', seen: 'ACTIVE', status: 'SUSPENDED', reason })
    await owner.query(
      `UPDATE "Session" SET "createdAt" = now() - interval '2 days', "expiresAt" = now() - interval '1 second' WHERE "tokenHash" = $1`,
      [ended],
    )
    await changeStatus(doing, { schoolId: 'south', seen: 'SUSPENDED', status: 'ACTIVE', reason })
    expect((await findSession('south', kept))?.userId).toBe('sp0')
    expect(await findSession('south', ended)).toBeNull()
  })
})

describe('the platform’s role', () => {
  test('can open a school by a request alone, reads none of its rows afterwards, and the app can’t open one', async () => {
    const role = new pg.Client({ connectionString: platformUrl })
    await role.connect()
    try {
      for (const table of ['Invitation', 'StoredFile', 'UsageCounter', 'Course', 'Enrollment'])
        await expect(role.query(`SELECT FROM "${table}"`), table).rejects.toMatchObject({ code: '42501' })
      expect((await role.query(`SELECT FROM "User" WHERE "tenantId" <> 'platform'`)).rowCount).toBe(0)
      expect((await role.query(`SELECT FROM "Session" WHERE "tenantId" <> 'platform'`)).rowCount).toBe(0)
      const foreign = `INSERT INTO "SchoolRequest" ("tenantId", "requestKey", "schoolName", subdomain, "adminName", email, password, "expiresAt")
        VALUES ('north', 'k', 'n', 'n', 'n', 'n@n.example', '!', now())`
      await expect(role.query(foreign)).rejects.toMatchObject({ code: '42501' })
      expect((await role.query(`SELECT * FROM smartlms_open_school('nothing')`)).rowCount).toBe(0)
    } finally {
      await role.end()
    }
    await expect(withRealm('north', (db) => openRequestedSchool(db, 'nothing'))).rejects.toThrow(
      'permission denied',
    )
  })
})
