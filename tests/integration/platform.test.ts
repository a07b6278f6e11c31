import { beforeAll, describe, expect, test } from 'vitest'
import {
  asPlatform,
  countSchools,
  findSchoolBySubdomain,
  listActiveSchools,
  newestMigration,
  setSchoolStatus,
} from '#lib/db/platform'
import { PLATFORM_TENANT_ID } from '#lib/db/platform-id'
import { sql } from '#lib/db/sql'
import { testDatabase } from '#tests/support/database'
import { makeOneOfEach, makeSchool } from '#tests/support/factories'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
beforeAll(async () => {
  await makeOneOfEach(owner, 'north')
  await makeSchool(owner, 'south')
})

describe('the platform’s door', () => {
  test('finds a school by its address in one statement, and never the platform itself', async () => {
    expect(await findSchoolBySubdomain('north')).toMatchObject({
      id: 'north',
      status: 'ACTIVE',
      accentColor: '#22D3EE',
    })
    expect(await findSchoolBySubdomain('nowhere')).toBeNull()
    expect(await findSchoolBySubdomain('platform')).toBeNull()
    expect(await statementsOf(() => findSchoolBySubdomain('north'))).toHaveLength(1)
    expect((await listActiveSchools(10)).map((school) => school.id)).toEqual(['north', 'south'])
  })

  test('gives numbers about schools and no content', async () => {
    expect(await countSchools()).toEqual([
      { tenantId: 'north', users: 2, courses: 1, enrollments: 1 },
      { tenantId: 'south', users: 0, courses: 0, enrollments: 0 },
    ])
    expect(await newestMigration()).toMatch(/^\d{14}_/)
  })

  test('suspends a school at once, and leaves a reason in its own log', async () => {
    const change = {
      tenantId: 'south',
      status: 'SUSPENDED',
      reason: 'asked for by the school',
      actorId: null,
    } as const
    expect(await setSchoolStatus(change)).toBe(true)
    expect((await findSchoolBySubdomain('south'))?.status).toBe('SUSPENDED')
    expect((await listActiveSchools(10)).map((school) => school.id)).toEqual(['north'])
    const log = await owner.query(`SELECT action, "targetId", after FROM "AuditLog" WHERE "tenantId" = $1`, [
      PLATFORM_TENANT_ID,
    ])
    expect(log.rows).toEqual([
      { action: 'school.status', targetId: 'south', after: { reason: 'asked for by the school' } },
    ])
    expect(await setSchoolStatus({ ...change, tenantId: PLATFORM_TENANT_ID })).toBe(false)
  })

  test('opens with a reason alone, and what fails behind it leaves no entry', async () => {
    const entry = { action: 'school.look', reason: 'short', tenantId: null, actorId: null }
    await expect(asPlatform(entry, () => Promise.resolve(1))).rejects.toThrow('reason')
    const before = (await owner.query('SELECT FROM "AuditLog"')).rowCount
    const broken = asPlatform({ ...entry, reason: 'looking for an answer' }, ({ run }) =>
      run(sql`select * from "Course"`),
    )
    await expect(broken).rejects.toThrow('permission denied')
    expect((await owner.query('SELECT FROM "AuditLog"')).rowCount).toBe(before)
  })
})
