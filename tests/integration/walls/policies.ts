import type { ClientBase } from 'pg'
import { APP, ask, compare, type Faults, PLATFORM, schoolTables } from './catalogue'

type Policy = { table: string; name: string; text: string }

const POLICIES = `
  SELECT tablename AS table, policyname AS name,
    format('%s.%s %s FOR %s TO %s USING %s CHECK %s', tablename, policyname, permissive, cmd, array_to_string(roles, ','), qual, with_check) AS text
  FROM pg_policies WHERE schemaname = 'public'`

const SET = `NULLIF(current_setting('app.tenant_id'::text, true), ''::text)`

function policy(table: string, name: string, role: string, using: string, check = using): string {
  return `${table}.${name} PERMISSIVE FOR ALL TO ${role} USING ${using} CHECK ${check}`
}

/** Tables in which the platform has rows of its own: its people, how they sign in, what it did and what it tells. */
const PLATFORMS_OWN = new Set([
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
  ...['RecoveryCode', 'Throttle', 'SchoolRequest', 'Outbox'],
])

/** What each table has to have, word by word as PostgreSQL prints it. */
function expectedFor(table: string, owner: string): string[] {
  const own = `("tenantId" = 'platform'::text)`
  const key = table === 'Tenant' ? 'id' : '"tenantId"'
  const school = `((${key} = ${SET}) AND (${key} <> 'platform'::text))`
  return [
    policy(table, 'owner_all', owner, 'true'),
    policy(table, 'tenant_isolation', APP, school),
    ...(table === 'Tenant'
      ? [policy(table, 'platform_schools', PLATFORM, 'true', `(id <> 'platform'::text)`)]
      : []),
    ...(PLATFORMS_OWN.has(table) ? [policy(table, 'platform_own', PLATFORM, own)] : []),
  ]
}

/** Each table has exactly these policies: one more would be a door, because permissive policies add up. */
export async function policyFaults(client: ClientBase): Promise<Faults> {
  const found = (await ask<Policy>(client, POLICIES)).map((row) => row.text)
  const owners = await ask<{ owner: string }>(
    client,
    `SELECT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE oid = '"Tenant"'::regclass`,
  )
  const tables = await schoolTables(client)
  return compare(
    'policy',
    found,
    tables.flatMap((table) => expectedFor(table, owners[0]?.owner ?? '')),
  )
}
