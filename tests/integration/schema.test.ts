import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '#tests/support/database'
import { wallFaults } from './walls/faults'

const { ownerUrl } = await testDatabase()
const client = new pg.Client({ connectionString: ownerUrl })
beforeAll(() => client.connect())
afterAll(() => client.end())

test('every table, key, policy, right and function is what keeps schools apart', async () => {
  expect(await wallFaults(client)).toEqual([])
})

/** A change that somebody could make without a thought, and what the walk has to say to it. */
const GAPS: readonly (readonly [title: string, change: string, fault: RegExp])[] = [
  [
    'a table without anything',
    `CREATE TABLE "Homework" (id text PRIMARY KEY)`,
    /Homework has no row-level security/,
  ],
  ['a table without a school', `CREATE TABLE "Homework" (id text PRIMARY KEY)`, /Homework has no tenantId/],
  [
    'a table without the double key',
    `CREATE TABLE "Homework" (id text, "tenantId" text NOT NULL)`,
    /Homework is not unique by/,
  ],
  [
    'a table without ids',
    `CREATE TABLE "Homework" (id text, "tenantId" text NOT NULL)`,
    /Homework makes no id/,
  ],
  [
    'a table without policies',
    `CREATE TABLE "Homework" (id text, "tenantId" text NOT NULL)`,
    /policy: Homework\.tenant_isolation .* is missing/,
  ],
  [
    'a table without rights',
    `CREATE TABLE "Homework" (id text, "tenantId" text NOT NULL)`,
    /grant: smartlms_app: SELECT on Homework is missing/,
  ],
  ['an optional school', `ALTER TABLE "Badge" ALTER "tenantId" DROP NOT NULL`, /Badge has no tenantId/],
  [
    'row-level security off',
    `ALTER TABLE "Badge" DISABLE ROW LEVEL SECURITY`,
    /Badge has no row-level security/,
  ],
  ['an owner who is not forced', `ALTER TABLE "Badge" NO FORCE ROW LEVEL SECURITY`, /Badge does not force/],
  [
    'a policy too many',
    `CREATE POLICY support ON "Badge" TO smartlms_app USING (true)`,
    /policy: Badge\.support .* is not expected/,
  ],
  [
    'a policy for everybody',
    `ALTER POLICY tenant_isolation ON "Badge" TO PUBLIC`,
    /policy: Badge\.tenant_isolation .* TO public .* is not expected/,
  ],
  [
    'a policy that lets writing through',
    `ALTER POLICY tenant_isolation ON "Badge" WITH CHECK (true)`,
    /policy: Badge\.tenant_isolation .* CHECK true is not expected/,
  ],
  ['a policy that is gone', `DROP POLICY owner_all ON "Badge"`, /policy: Badge\.owner_all .* is missing/],
  [
    'a reference by id alone',
    `ALTER TABLE "Badge" ADD COLUMN "courseId" text REFERENCES "Course" (id)`,
    /Badge_courseId_fkey could link/,
  ],
  [
    'a reference that nulls the school',
    `ALTER TABLE "Badge" ADD COLUMN "courseId" text, ADD CONSTRAINT gap FOREIGN KEY ("tenantId", "courseId") REFERENCES "Course" ("tenantId", id) ON DELETE SET NULL`,
    /gap would take the tenantId/,
  ],
  [
    'a school that can’t be erased',
    `ALTER TABLE "Badge" DROP CONSTRAINT "Badge_tenantId_fkey", ADD CONSTRAINT gap FOREIGN KEY ("tenantId") REFERENCES "Tenant" (id)`,
    /gap does not erase/,
  ],
  [
    'a name unique among all schools',
    `CREATE UNIQUE INDEX gap ON "Role" (name)`,
    /Role\.gap is unique across schools/,
  ],
  [
    'an expression unique among all schools',
    `CREATE UNIQUE INDEX gap ON "Role" (lower(name))`,
    /Role\.gap is unique across schools/,
  ],
  [
    'a right to empty a table',
    `GRANT TRUNCATE ON "Badge" TO smartlms_app`,
    /grant: smartlms_app: TRUNCATE on Badge is not expected/,
  ],
  [
    'an audit log that can be changed',
    `GRANT UPDATE ON "AuditLog" TO smartlms_app`,
    /grant: smartlms_app: UPDATE on AuditLog is not expected/,
  ],
  [
    'one column of it',
    `GRANT UPDATE (ip) ON "AuditLog" TO smartlms_app`,
    /UPDATE on AuditLog\.ip is not expected/,
  ],
  [
    'a plan that a school can change',
    `GRANT UPDATE (plan) ON "Tenant" TO smartlms_app`,
    /UPDATE on Tenant\.plan is not expected/,
  ],
  [
    'a table for everybody',
    `GRANT SELECT ON "Badge" TO PUBLIC`,
    /grant: PUBLIC: SELECT on Badge is not expected/,
  ],
  [
    'a platform that reads courses',
    `GRANT SELECT ON "Course" TO smartlms_platform`,
    /smartlms_platform: SELECT on Course is not expected/,
  ],
  [
    'a right that is missing',
    `REVOKE DELETE ON "Badge" FROM smartlms_app`,
    /smartlms_app: DELETE on Badge is missing/,
  ],
  [
    'a function that runs as the owner',
    `CREATE FUNCTION gap() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM "User"'`,
    /runs as its owner: gap\(\) no search_path for PUBLIC is not expected/,
  ],
  [
    'one whose path can be bent',
    `ALTER FUNCTION smartlms_school_counts() RESET search_path`,
    /smartlms_school_counts\(\) no search_path .* is not expected/,
  ],
  [
    'one that everybody may call',
    `GRANT EXECUTE ON FUNCTION smartlms_school_counts() TO PUBLIC`,
    /PUBLIC.* is not expected/,
  ],
  ['a view', `CREATE VIEW gap AS SELECT * FROM "User"`, /gap is a view/],
  [
    'an instant without a zone',
    `ALTER TABLE "Badge" ADD COLUMN seen timestamp`,
    /Badge\.seen is not timestamptz/,
  ],
  [
    'a check that is gone',
    `ALTER TABLE "User" DROP CONSTRAINT user_super_admin`,
    /check: user_super_admin is missing/,
  ],
  [
    'a check that no one has named',
    `ALTER TABLE "User" ADD CONSTRAINT gap CHECK (true)`,
    /check: gap is not expected/,
  ],
  ['an address that is taken for ever', `DROP INDEX user_live_email`, /key: .*user_live_email.* is missing/],
  [
    'positions that can’t be swapped',
    `ALTER TABLE "Lesson" DROP CONSTRAINT lesson_position`,
    /key: lesson_position .* is missing/,
  ],
  ['a role with powers', `ALTER ROLE smartlms_app BYPASSRLS`, /smartlms_app can do more/],
  ['a role that is more than one', `GRANT pg_read_all_data TO smartlms_app`, /smartlms_app can do more/],
]

describe('the walk itself', () => {
  test.each(GAPS)('sees %s', async (_title, change, fault) => {
    await client.query('BEGIN')
    try {
      await client.query(change)
      expect((await wallFaults(client)).filter((text) => fault.test(text))).not.toEqual([])
    } finally {
      await client.query('ROLLBACK')
    }
  })
})
