import { beforeAll, describe, expect, test } from 'vitest'
import {
  asPlatform,
  findSchoolBySubdomain,
  listActiveSchools,
  newestMigration,
  PLATFORM_TENANT_ID,
} from '#lib/db/platform'
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
    expect(await newestMigration()).toMatch(/^\d{14}_/)
  })

  test('opens with a reason alone, and what fails behind it leaves no entry', async () => {
    const entry = { action: 'school.look', reason: 'short', tenantId: null, actorId: null, client: null }
    await expect(asPlatform(entry, () => Promise.resolve(1))).rejects.toThrow('reason')
    const before = (await owner.query('SELECT FROM "AuditLog"')).rowCount
    const broken = asPlatform({ ...entry, reason: 'looking for an answer' }, ({ run }) =>
      run(sql`select * from "Course"`),
    )
    await expect(broken).rejects.toThrow('permission denied')
    expect((await owner.query('SELECT FROM "AuditLog"')).rowCount).toBe(before)
  })

  test('leaves a row in the platform’s own log with what changed, why, who and from where', async () => {
    const entry = {
      ...{ action: 'school.look', reason: 'looking for an answer', tenantId: 'south', actorId: 'root' },
      ...{ client: { ip: '192.0.2.1', requestId: 'r1' }, before: { plan: 'FREE' }, after: { plan: 'PRO' } },
    }
    expect(await asPlatform(entry, () => Promise.resolve(7))).toBe(7)
    const log = await owner.query(
      `SELECT action, "actorId", "targetType", "targetId", before, after, ip, "requestId" FROM "AuditLog" WHERE "tenantId" = $1`,
      [PLATFORM_TENANT_ID],
    )
    expect(log.rows).toEqual([
      {
        ...{ action: 'school.look', actorId: 'root', targetType: 'Tenant', targetId: 'south' },
        ...{ before: { plan: 'FREE' }, after: { plan: 'PRO', reason: 'looking for an answer' } },
        ...{ ip: '192.0.2.1', requestId: 'r1' },
      },
    ])
  })
})
