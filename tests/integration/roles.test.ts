import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assertRoleIsWalled, UnsafeRoleError } from '#lib/db/pool'
import { addressOf, testDatabase } from '#tests/support/database'
import { makeOneOfEach } from '#tests/support/factories'
import { fingerprint, schoolTables } from './fingerprint'

const { owner, appUrl, platformUrl, ownerUrl } = await testDatabase()
const app = new pg.Client({ connectionString: appUrl })
const platform = new pg.Client({ connectionString: platformUrl })
const denied = { code: '42501' }
/** Deleted by deletedAt, or kept for as long as the person is there; their rows go with another role. */
const SOFT = new Set(
  'Announcement Assignment Course Exam ExamAnswer ExamAttempt ExamMark GradeQuestion Lesson Module Submission TutorQuestion User'.split(
    ' ',
  ),
)
const WRITTEN_ONCE = [
  'AuditLog',
  'ExamEvent',
  'ExamVersion',
  'GradeChange',
  'LearningDay',
  'Message',
  'SubmissionVersion',
]
let tables: string[] = []

beforeAll(async () => {
  await makeOneOfEach(owner, 'north')
  await makeOneOfEach(owner, 'south')
  tables = await schoolTables(owner)
  await app.connect()
  await platform.connect()
})
afterAll(() => Promise.all([app.end(), platform.end()]))

/** Runs one statement as the app's role inside a school (null: none), and takes it back. */
async function asApp(tenantId: string | null, text: string): Promise<pg.QueryResult<{ n: number }>> {
  await app.query('BEGIN')
  try {
    if (tenantId !== null) await app.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId])
    return await app.query<{ n: number }>(text)
  } finally {
    await app.query('ROLLBACK')
  }
}

const countOf = async (tenantId: string | null, table: string) =>
  (await asApp(tenantId, `SELECT count(*)::int AS n FROM "${table}"`)).rows[0]?.n

/** The school's own row of a table, with another school and id written into it. */
const copyOf = (table: string) =>
  `INSERT INTO "${table}" SELECT (jsonb_populate_record(t, '{"tenantId":"south","id":"forged"}')).* FROM "${table}" t LIMIT 1`

describe('the app’s role', () => {
  test('has something to see in every table', async () => {
    expect(tables.length).toBeGreaterThanOrEqual(20)
    for (const table of [...tables, 'Tenant'])
      expect([table, await countOf('north', table)]).not.toEqual([table, 0])
  })

  test('sees nothing at all while no school is named, after a unit that named one, too', async () => {
    for (const table of [...tables, 'Tenant']) {
      expect([table, await countOf(null, table)]).toEqual([table, 0])
      expect([table, await countOf('', table)]).toEqual([table, 0])
    }
  })

  test('can’t put a row into another school, whatever the table', async () => {
    for (const table of tables) {
      await expect(asApp('north', copyOf(table)), table).rejects.toMatchObject(denied)
      await expect(
        asApp(
          null,
          `INSERT INTO "${table}" SELECT * FROM jsonb_populate_record(null::"${table}", '{"tenantId":"south","id":"forged"}')`,
        ),
        table,
      ).rejects.toMatchObject(denied)
    }
  })

  test('can’t move a row into another school, whatever the table', async () => {
    for (const table of tables) {
      await expect(asApp('north', `UPDATE "${table}" SET "tenantId" = 'south'`), table).rejects.toMatchObject(
        denied,
      )
    }
  })

  test('reaches no row of another school, even by its id, whatever the table', async () => {
    const before = await fingerprint(owner, 'south')
    for (const table of tables) {
      const where = `WHERE "tenantId" = 'south' OR id LIKE 'south%'`
      expect([table, (await asApp('north', `SELECT 1 AS n FROM "${table}" ${where}`)).rowCount]).toEqual([
        table,
        0,
      ])
      if (WRITTEN_ONCE.includes(table)) continue
      expect([table, (await asApp('north', `UPDATE "${table}" SET id = id ${where}`)).rowCount]).toEqual([
        table,
        0,
      ])
      const removal = asApp('north', `DELETE FROM "${table}" ${where}`)
      if (SOFT.has(table)) await expect(removal, table).rejects.toMatchObject(denied)
      else expect([table, (await removal).rowCount]).toEqual([table, 0])
    }
    expect(await fingerprint(owner, 'south')).toBe(before)
  })

  test('can’t link a row to one of another school', async () => {
    const insert = `INSERT INTO "Module" ("tenantId", "courseId", title, "order") VALUES ('north', 'southc', 'Forged', 9)`
    await expect(asApp('north', insert)).rejects.toMatchObject({ code: '23503' })
  })

  test('is not the platform, even with the platform’s id set', async () => {
    for (const table of tables) {
      expect([table, (await asApp('platform', `SELECT FROM "${table}"`)).rowCount]).toEqual([table, 0])
    }
    const root = `INSERT INTO "User" ("tenantId", email, name, password, role) VALUES ('platform', 'x@x.example', 'x', '!', 'SUPER_ADMIN')`
    await expect(asApp('platform', root)).rejects.toMatchObject(denied)
  })

  test('can’t change or delete what is written once', async () => {
    for (const table of WRITTEN_ONCE) {
      await expect(asApp('north', `UPDATE "${table}" SET id = id`)).rejects.toMatchObject(denied)
      await expect(asApp('north', `DELETE FROM "${table}"`)).rejects.toMatchObject(denied)
      await expect(asApp('north', `TRUNCATE "${table}"`)).rejects.toMatchObject(denied)
    }
  })

  test('changes the face of its own school, and neither plan, status, address nor another school', async () => {
    expect((await asApp('north', `UPDATE "Tenant" SET name = 'New'`)).rowCount).toBe(1)
    expect((await asApp('north', `UPDATE "Tenant" SET name = 'New' WHERE id = 'south'`)).rowCount).toBe(0)
    for (const change of [
      `plan = 'ENTERPRISE'`,
      `status = 'ACTIVE'`,
      `subdomain = 'other'`,
      `id = 'other'`,
    ]) {
      await expect(asApp('north', `UPDATE "Tenant" SET ${change}`), change).rejects.toMatchObject(denied)
    }
    await expect(asApp('north', `DELETE FROM "Tenant"`)).rejects.toMatchObject(denied)
    await expect(
      asApp('north', `INSERT INTO "Tenant" (id, name, subdomain) VALUES ('x', 'x', 'x')`),
    ).rejects.toMatchObject(denied)
  })

  test('can’t become somebody else, turn the walls off or ask the platform’s questions', async () => {
    const tries = [
      'SET ROLE postgres',
      'SET ROLE smartlms_platform',
      'ALTER TABLE "User" DISABLE ROW LEVEL SECURITY',
      'CREATE TABLE stolen AS SELECT * FROM "User"',
      'SELECT * FROM smartlms_school_counts()',
      'SELECT * FROM _prisma_migrations',
    ]
    for (const text of tries) await expect(asApp('north', text), text).rejects.toMatchObject(denied)
    await expect(asApp('north', 'SET LOCAL row_security = off; SELECT * FROM "User"')).rejects.toMatchObject(
      denied,
    )
  })

  test('makes nobody a super admin', async () => {
    const promote = `UPDATE "User" SET role = 'SUPER_ADMIN'`
    await expect(asApp('north', promote)).rejects.toMatchObject({
      code: '23514',
      constraint: 'user_super_admin',
    })
  })
})

describe('the platform’s role', () => {
  beforeAll(async () => {
    await owner.query(
      `INSERT INTO "User" (id, "tenantId", email, name, password, role) VALUES ('root', 'platform', 'root@platform.example', 'Root', '!', 'SUPER_ADMIN')`,
    )
    await owner.query(
      `INSERT INTO "AuditLog" (id, "tenantId", action) VALUES ('own', 'platform', 'school.status')`,
    )
  })

  test('sees all schools, and of people and audit its own rows alone, whatever school is named', async () => {
    for (const tenantId of ['', 'north', 'platform']) {
      await platform.query(`SELECT set_config('app.tenant_id', $1, false)`, [tenantId])
      const ids = async (table: string) =>
        (await platform.query<{ id: string }>(`SELECT id FROM "${table}" ORDER BY id`)).rows.map(
          (row) => row.id,
        )
      expect(await ids('Tenant')).toEqual(['north', 'platform', 'south'])
      expect(await ids('User')).toEqual(['root'])
      expect(await ids('AuditLog')).toEqual(['own'])
    }
  })

  /** Where its own people sign in from, and what it tells. */
  const ITS_OWN = [
    ...[
      'User',
      'AuditLog',
      'Role',
      'RoleAssignment',
      'Session',
      'Account',
      'VerificationToken',
      'SecondFactor',
    ],
    ...['RecoveryCode', 'Throttle', 'Outbox'],
  ]

  test('of how people sign in it sees its own rows alone, whatever school is named', async () => {
    await platform.query(`SELECT set_config('app.tenant_id', 'north', false)`)
    for (const table of ITS_OWN.filter((name) => name !== 'User' && name !== 'AuditLog')) {
      expect((await platform.query(`SELECT FROM "${table}"`)).rowCount, table).toBe(0)
      if (table === 'Role' || table === 'RoleAssignment') continue
      expect((await platform.query(`UPDATE "${table}" SET id = id`)).rowCount, table).toBe(0)
      expect((await platform.query(`DELETE FROM "${table}"`)).rowCount, table).toBe(0)
    }
  })

  test('reads and writes no other table', async () => {
    for (const table of tables.filter((name) => !ITS_OWN.includes(name))) {
      await expect(platform.query(`SELECT FROM "${table}"`), table).rejects.toMatchObject(denied)
      await expect(platform.query(`DELETE FROM "${table}"`), table).rejects.toMatchObject(denied)
    }
    await expect(platform.query(`UPDATE "AuditLog" SET id = id`)).rejects.toMatchObject(denied)
    await expect(platform.query(`DELETE FROM "Tenant"`)).rejects.toMatchObject(denied)
    await expect(platform.query(`UPDATE "Tenant" SET id = 'other' WHERE id = 'north'`)).rejects.toMatchObject(
      denied,
    )
  })

  test('can’t reach into a school, nor change the platform’s own row', async () => {
    expect((await platform.query(`UPDATE "User" SET name = 'x' WHERE "tenantId" = 'north'`)).rowCount).toBe(0)
    const forged = `INSERT INTO "User" ("tenantId", email, name, password) VALUES ('north', 'x@x.example', 'x', '!')`
    await expect(platform.query(forged)).rejects.toMatchObject(denied)
    await expect(
      platform.query(`UPDATE "Tenant" SET status = 'SUSPENDED' WHERE id = 'platform'`),
    ).rejects.toMatchObject(denied)
  })
})

describe('a connection that could pass the walls is refused', () => {
  const verdict = async (url: string): Promise<unknown> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await assertRoleIsWalled(client)
      return 'accepted'
    } catch (error) {
      return error
    } finally {
      await client.end()
    }
  }
  const database = new URL(ownerUrl).pathname.slice(1)
  const refusal = (text: string): unknown =>
    expect.objectContaining({ message: expect.stringContaining(text) as string })

  test('when it is a superuser’s, the owner’s, a member of the owner’s, or has BYPASSRLS', async () => {
    for (const name of ['gap_owner', 'gap_member', 'gap_bypass'])
      await owner.query(`CREATE ROLE ${name} LOGIN PASSWORD '${name}'`)
    await owner.query('ALTER ROLE gap_bypass BYPASSRLS')
    await owner.query('GRANT gap_owner TO gap_member')
    await owner.query('ALTER TABLE "Badge" OWNER TO gap_owner')
    expect(await verdict(ownerUrl)).toEqual(refusal('is a superuser'))
    expect(await verdict(ownerUrl)).toBeInstanceOf(UnsafeRoleError)
    expect(await verdict(addressOf(database, 'gap_bypass'))).toEqual(refusal('has BYPASSRLS'))
    expect(await verdict(addressOf(database, 'gap_owner'))).toEqual(refusal('owns the tables'))
    expect(await verdict(addressOf(database, 'gap_member'))).toEqual(refusal('owns the tables'))
  })

  test('and a plain one is accepted', async () => {
    expect(await verdict(appUrl)).toBe('accepted')
    expect(await verdict(platformUrl)).toBe('accepted')
  })
})
