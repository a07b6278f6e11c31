import type { ClientBase } from 'pg'
import { APP, ask, compare, type Faults, PLATFORM, schoolTables } from './catalogue'

const APPEND_ONLY = new Set([
  'AuditLog',
  'ExamVersion',
  'ExamEvent',
  'GradeChange',
  'LearningDay',
  'Message',
  'SubmissionVersion',
])
/** Changed, and never removed by the product: what people answered, and what they got for it. */
const KEPT = new Set([
  'ExamAnswer',
  'ExamAttempt',
  'ExamMark',
  'GradeQuestion',
  'Submission',
  'TutorQuestion',
])
/** Deleted by deletedAt. */
const SOFT = new Set(['Announcement', 'Assignment', 'Course', 'Exam', 'Lesson', 'Module', 'User'])
const FACE = ['accentColor', 'description', 'locale', 'logo', 'name', 'timeZone', 'updatedAt']
const SETTINGS = ['mailDomains', 'signUp', 'staffSecondFactor', 'tutor']
const PLATFORM_COLUMNS = [...FACE, 'plan', 'status', 'statusReason', 'subdomain']
const ALL = ['DELETE', 'INSERT', 'SELECT', 'UPDATE']
const PLATFORM_MAY: Readonly<Record<string, readonly string[]>> = {
  Tenant: ['INSERT', 'SELECT'],
  User: ['INSERT', 'SELECT', 'UPDATE'],
  AuditLog: ['INSERT', 'SELECT'],
  Role: ['SELECT'],
  RoleAssignment: ['SELECT'],
  ...Object.fromEntries(
    ['Session', 'Account', 'VerificationToken', 'SecondFactor', 'RecoveryCode', 'Throttle'].map((name) => [
      name,
      ALL,
    ]),
  ),
  SchoolRequest: ALL,
  Outbox: ALL,
}

/** All rights on tables, columns and sequences that anybody but the owner has; PUBLIC is grantee 0. */
const GRANTS = `
  SELECT format('%s: %s on %s', CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END, privilege, target) AS text FROM (
    SELECT e.grantee, e.privilege_type AS privilege, c.relname AS target, c.relowner
    FROM pg_class c, aclexplode(c.relacl) e WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT e.grantee, e.privilege_type, c.relname || '.' || a.attname, c.relowner
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attacl IS NOT NULL, aclexplode(a.attacl) e
    WHERE c.relnamespace = 'public'::regnamespace
  ) g WHERE grantee <> relowner`

function expectedFor(table: string): string[] {
  const keep = APPEND_ONLY.has(table) ? [] : ['UPDATE']
  const stays = APPEND_ONLY.has(table) || SOFT.has(table) || KEPT.has(table)
  const app = ['INSERT', 'SELECT', ...keep, ...(stays ? [] : ['DELETE'])]
  const platform = (PLATFORM_MAY[table] ?? []).map((right) => `${PLATFORM}: ${right} on ${table}`)
  if (table !== 'Tenant') return [...app.map((right) => `${APP}: ${right} on ${table}`), ...platform]
  return [
    `${APP}: SELECT on Tenant`,
    ...[...FACE, ...SETTINGS].map((column) => `${APP}: UPDATE on Tenant.${column}`),
    ...PLATFORM_COLUMNS.map((column) => `${PLATFORM}: UPDATE on Tenant.${column}`),
    ...platform,
  ]
}

/** The two roles have exactly these rights, and nobody else has any. */
export async function grantFaults(client: ClientBase): Promise<Faults> {
  const found = (await ask<{ text: string }>(client, GRANTS)).map((row) => row.text)
  return compare('grant', found, (await schoolTables(client)).flatMap(expectedFor))
}

/** Owns the queue's tables and has no right on a school's. */
const WORKER = 'smartlms_worker'

/** Functions that run with the owner's eyes, and who may call them. */
const DEFINERS = [
  `smartlms_enqueue(text,timestamp with time zone) search_path=pg_catalog, public, pg_temp for ${APP},${PLATFORM}`,
  `smartlms_enqueue_later(text[],timestamp with time zone[],integer) search_path=pg_catalog, public, pg_temp for ${APP}`,
  `smartlms_enqueue_many(text[]) search_path=pg_catalog, public, pg_temp for ${APP},${PLATFORM}`,
  `smartlms_newest_migration() search_path=pg_catalog, public, pg_temp for ${PLATFORM}`,
  `smartlms_open_school(text) search_path=pg_catalog, public, pg_temp for ${PLATFORM}`,
  `smartlms_purge() search_path=pg_catalog, public, pg_temp for ${WORKER}`,
  `smartlms_reports_due(integer,integer) search_path=pg_catalog, public, pg_temp for ${WORKER}`,
  `smartlms_reports_missing(integer,integer) search_path=pg_catalog, public, pg_temp for ${WORKER}`,
  `smartlms_school_ids() search_path=pg_catalog, public, pg_temp for ${WORKER}`,
  `smartlms_schools_with_due_attempts(integer) search_path=pg_catalog, public, pg_temp for ${WORKER}`,
  `smartlms_school_health(text[]) search_path=pg_catalog, public, pg_temp for ${PLATFORM}`,
  `smartlms_schools_with_marks() search_path=pg_catalog, public, pg_temp for ${WORKER}`,
  `smartlms_search_lessons(text,integer) search_path=pg_catalog, public, pg_temp for ${APP}`,
  `smartlms_school_usage(text[]) search_path=pg_catalog, public, pg_temp for ${PLATFORM}`,
  `smartlms_school_counts() search_path=pg_catalog, public, pg_temp for ${PLATFORM}`,
  `smartlms_tidy() search_path=pg_catalog, public, pg_temp for ${WORKER}`,
]

/** A function that runs as its owner is a way around every wall: each is on the list above, pinned and closed. */
export async function functionFaults(client: ClientBase): Promise<Faults> {
  const found = await ask<{ text: string }>(
    client,
    `SELECT format('%s %s for %s', p.oid::regprocedure, coalesce(array_to_string(p.proconfig, ';'), 'no search_path'),
       coalesce((SELECT string_agg(CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(e.grantee) END, ',')
         FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) e WHERE e.grantee <> p.proowner), 'nobody')) AS text
     FROM pg_proc p WHERE p.prosecdef AND p.pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`,
  )
  return compare(
    'function that runs as its owner',
    found.map((row) => row.text),
    DEFINERS,
  )
}

/** The roles are nothing by themselves: no login, no power, no membership in anything; only the queue has an owner among them. */
export async function roleFaults(client: ClientBase): Promise<Faults> {
  const found = await ask<{ name: string; power: boolean; member: boolean; owner: boolean }>(
    client,
    `SELECT r.rolname AS name, (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolcanlogin) AS power,
       EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) AS member,
       EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND (r.rolname <> '${WORKER}' OR c.relnamespace = 'public'::regnamespace))
         OR EXISTS (SELECT FROM pg_proc p WHERE p.proowner = r.oid AND (r.rolname <> '${WORKER}' OR p.pronamespace = 'public'::regnamespace)) AS owner
     FROM pg_roles r WHERE r.rolname IN ('${APP}', '${PLATFORM}', '${WORKER}')`,
  )
  return [
    ...compare(
      'role',
      found.map((role) => role.name),
      [APP, PLATFORM, WORKER],
    ),
    ...found
      .filter((role) => role.power || role.member || role.owner)
      .map((role) => `${role.name} can do more than it is granted`),
  ]
}
