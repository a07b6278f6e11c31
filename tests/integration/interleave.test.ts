import { beforeAll, expect, test } from 'vitest'
import { orm, rows, type TenantDb } from '#lib/db/handle'
import { sql } from '#lib/db/sql'
import { readTenant, withTenant } from '#lib/db/tenant'
import { isDeep, testDatabase } from '#tests/support/database'

const READS = isDeep ? 100_000 : 6_000
const TENANTS = 50
const COURSES = 4
const IN_FLIGHT = 20

const { owner } = await testDatabase({ DATABASE_POOL_SIZE: '5' })

beforeAll(async () => {
  await owner.query(
    `INSERT INTO "Tenant" (id, name, subdomain) SELECT 's' || n, 'School ' || n, 's' || n FROM generate_series(0, $1::int - 1) n`,
    [TENANTS],
  )
  await owner.query(
    `INSERT INTO "User" (id, "tenantId", email, name, password) SELECT id || 'u', id, 'u@' || id || '.example', 'U', '!' FROM "Tenant" WHERE id <> 'platform'`,
  )
  await owner.query(
    `INSERT INTO "Course" (id, "tenantId", "instructorId", title) SELECT t.id || 'c' || n, t.id, t.id || 'u', 'Course of ' || t.id
     FROM "Tenant" t, generate_series(0, $1::int - 1) n WHERE t.id <> 'platform'`,
    [COURSES],
  )
})

const tally = { reads: 0, foreign: 0, falseNulls: 0, wrongCounts: 0 }

/** Judges one read of a row that has to be there. */
function judge(tenantId: string, row: { tenantId: string } | null): void {
  tally.reads += 1
  if (row === null) tally.falseNulls += 1
  else if (row.tenantId !== tenantId) tally.foreign += 1
}

/** Judges one read of what belongs to somebody else. */
function judgeForeign(row: unknown): void {
  tally.reads += 1
  if (row !== null) tally.foreign += 1
}

async function unit(db: TenantDb, n: number): Promise<void> {
  const { tenantId } = db
  const id = `${tenantId}c${n % COURSES}`
  const stranger = `s${(Number(tenantId.slice(1)) + 1) % TENANTS}c0`
  const client = await orm(db)
  const select = { id: true, tenantId: true } as const
  // Without a tenant in the statement: it is the database that has to keep them apart.
  const all = await rows<{ tenantId: string }>(db, sql`select "tenantId" from "Course"`)
  all.forEach((row) => judge(tenantId, row))
  if (all.length !== COURSES) tally.wrongCounts += 1
  judge(tenantId, await client.course.findFirst({ where: { id }, select }))
  judge(tenantId, await client.course.findUnique({ where: { id }, select }))
  judge(tenantId, await client.course.findUnique({ where: { tenantId_id: { tenantId, id } }, select }))
  judgeForeign(await client.course.findUnique({ where: { id: stranger }, select }))
  const [first = null] = await rows<{ tenantId: string }>(
    db,
    sql`select "tenantId" from "Course" where id = ${id}`,
  )
  judge(tenantId, first)
}

test('many schools at once on few connections: no foreign row, and no row that is missing', async () => {
  let next = 0
  const worker = async (): Promise<void> => {
    while (tally.reads < READS) {
      const n = next++
      // A stride that is prime to the number of schools, so that each connection changes school every time.
      const inSchool = n % 2 === 0 ? withTenant : readTenant
      await inSchool(`s${(n * 7) % TENANTS}`, (db) => unit(db, n))
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
  process.stdout.write(
    `interleaved reads: ${JSON.stringify({ tenants: TENANTS, pool: 5, units: next, ...tally })}\n`,
  )
  expect(tally.reads).toBeGreaterThanOrEqual(READS)
  expect(tally).toMatchObject({ foreign: 0, falseNulls: 0, wrongCounts: 0 })
}, 900_000)
