import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { inject } from 'vitest'
import { urlOf } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { shown, type Watcher } from './hostile-page'
import { SESSION_COOKIE, signIn } from './sign-in'
import { packed, VECTORS } from './vectors'

/** A school in which everything that somebody can name is named after something that would run. */

/** Whether the run was asked for its full counts. */
export const DEEP = process.env['SMARTLMS_DEEP'] === '1'

export const SCHOOL = 'ttexts'
export const HOST = 'texts.localhost'
export const ADMIN = `${SCHOOL}admin`

/** Closed schools beside it, each with a name of its own, for what the platform lists. */
const HOSTS = 'texts-s'
export const closedSchool = (index: number): Readonly<{ id: string; host: string }> => ({
  id: `${SCHOOL}s${String(index + 1)}`,
  host: `${HOSTS}${String(index + 1)}.localhost`,
})
/** Finds them all, and nothing else, in what the platform searches. */
export const CLOSED_SCHOOLS = HOSTS

const BEFORE = ['', '"', "'", '`', '>', '\\', '=', '</a>', '</td></tr></table>', '</select>', '&quot;', '🦊']
const AFTER = ['', '"', "'", '<', '<!--', '\\', '&', '</', '{', '🦊']
const FORMS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/<\/?[a-z]+/gi, (tag) => tag.toUpperCase()),
  (text) => text.replaceAll('pwned()', 'pwned`1`'),
  (text) => text.replace(/<([a-z]+) /gi, '<$1\t'),
]

/** All vectors that fit, and more that are made of them: behind other quotes and tags, in other letters. */
function hostileTexts(longest: number, more: number): string[] {
  const made = fc
    .tuple(
      fc.constantFrom(...BEFORE),
      fc.constantFrom(...VECTORS),
      fc.constantFrom(...AFTER),
      fc.constantFrom(...FORMS),
    )
    .map(([before, vector, after, form]) => `${before}${form(vector)}${after}`)
  const texts = [...VECTORS, ...fc.sample(made, more)]
  return [...new Map(texts.map((text) => [shown(text), text])).values()].filter(
    (text) => text.length <= longest,
  )
}

/** Of what forms take as a name, which is one line of letters that can be seen. */
export const NAMABLE = VECTORS.filter((text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(text))

/** Some of a list, others in every run; six times as many at full counts. */
export function some<T>(list: readonly T[], count: number): T[] {
  const mixed = fc.sample(fc.shuffledSubarray([...list], { minLength: list.length }), 1)[0] ?? []
  return mixed.slice(0, DEEP ? count * 6 : count)
}

export const PEOPLE = hostileTexts(190, DEEP ? 520 : 50)
export const ROLES = hostileTexts(80, DEEP ? 120 : 4)
export const SCHOOLS = hostileTexts(110, DEEP ? 150 : 4)
/** All vectors in few names, for pages that show one at a time. */
export const PERSON_NAMES = packed(VECTORS, 190)
export const SCHOOL_NAMES = packed(VECTORS, 110)

const numbered = 'with ordinality as given(text, n)'

/** Every third of the first ones also has an address that no form would take. */
async function addPeople(names: readonly string[], prefix: 'p' | 'n'): Promise<void> {
  await owner().query(
    `insert into "User" (id, "tenantId", email, name, password, role, "emailVerified")
     select $1 || $3 || n, $1, lower(case when $3 = 'p' and n % 3 = 0 then text else $3 || n end || '@' || $3 || n || '.test'), text, '!',
       'STUDENT', now() from unnest($2::text[]) ${numbered}`,
    [SCHOOL, [...names], prefix],
  )
}

async function addRolesAndInvitations(): Promise<void> {
  await owner().query(
    `insert into "Role" (id, "tenantId", name, description, permissions)
     select $1 || 'r' || n, $1, text, 'D' || n || ' ' || text, jsonb_build_array('user:read', 'U' || n || ' ' || text)
     from unnest($2::text[]) ${numbered}`,
    [SCHOOL, ROLES],
  )
  await owner().query(
    `insert into "RoleAssignment" ("tenantId", "userId", "roleId")
     select $1, $1 || 'p' || n, $1 || 'r' || n from generate_series(1, $2::int) as n`,
    [SCHOOL, Math.min(ROLES.length, PEOPLE.length)],
  )
  await owner().query(
    `insert into "Invitation" (id, "tenantId", email, name, role, "roleIds", "invitedById", "sentAt", "expiresAt")
     select $1 || 'i' || n, $1, 'guest' || n || '@texts.test', text, 'STUDENT', array[$1 || 'r' || (1 + n % $3::int)], $1 || 'p' || n,
       now() - interval '1 hour', now() + interval '14 days' from unnest($2::text[]) ${numbered}`,
    [SCHOOL, PEOPLE, ROLES.length],
  )
}

/** Entries as an older release, a stranger’s browser or a name could have left them: every column holds its text. */
async function addEntries(): Promise<void> {
  await owner().query(
    `insert into "AuditLog" ("tenantId", "actorId", action, "targetType", "targetId", before, after, "requestId", ip, "createdAt")
     select $1, $1 || 'p' || n, 'people.change-role', 'User', $1 || 'p' || (1 + n % $3::int),
       jsonb_build_object('F' || n || ' ' || text, 'B' || n || ' ' || text),
       jsonb_build_object('F' || n || ' ' || text, 'A' || n || ' ' || text, 'customRoles', jsonb_build_array('L' || n || ' ' || text)),
       'R' || n || ' ' || text, 'I' || n || ' ' || text, timestamptz '2026-01-01Z' + n * interval '1 minute'
     from unnest($2::text[]) ${numbered}`,
    [SCHOOL, PEOPLE, PEOPLE.length],
  )
  await owner().query(
    `insert into "AuditLog" ("tenantId", action, "targetType", "createdAt")
     select $1, 'people.unheard-of', 'T' || n || ' ' || text, timestamptz '2025-01-01Z' + n * interval '1 minute' from unnest($2::text[]) ${numbered}`,
    [SCHOOL, PEOPLE],
  )
}

async function addClosedSchools(): Promise<void> {
  await owner().query(
    `insert into "Tenant" (id, name, subdomain, status, "statusReason")
     select $1 || 's' || n, text, $3 || n, 'SUSPENDED', 'W' || n || ' ' || text from unnest($2::text[]) ${numbered}`,
    [SCHOOL, SCHOOLS, HOSTS],
  )
  await owner().query(
    `insert into "User" (id, "tenantId", email, name, password, role)
     select $1 || 's' || n || 'u', $1 || 's' || n, 'head@texts.test', text, '!', 'ADMIN' from unnest($2::text[]) ${numbered}`,
    [SCHOOL, SCHOOLS],
  )
  await owner().query(
    `insert into "AuditLog" ("tenantId", "actorId", action, "targetType", "targetId", before, after, ip)
     select 'platform', (select id from "User" where role = 'SUPER_ADMIN' limit 1), 'platform.change-status', 'Tenant', $1 || 's' || n,
       jsonb_build_object('status', 'B' || n || ' ' || text), jsonb_build_object('status', 'A' || n || ' ' || text, 'reason', 'W' || n || ' ' || text),
       'I' || n || ' ' || text from unnest($2::text[]) ${numbered}`,
    [SCHOOL, SCHOOLS],
  )
}

/** A course that keeps its teacher’s page busy: who goes has to name who takes it over. */
async function addCourse(): Promise<void> {
  await owner().query(`update "User" set role = 'INSTRUCTOR' where "tenantId" = $1 and id like $1 || 'n%'`, [
    SCHOOL,
  ])
  await owner().query(
    `insert into "Course" (id, "tenantId", "instructorId", title) values ($1 || 'c', $1, $1 || 'n1', $2)`,
    [SCHOOL, PERSON_NAMES[0]],
  )
}

/** The school with all of its people, straight in the tables. */
export async function makeHostileSchool(): Promise<void> {
  await removeHostileSchool()
  await owner().query('delete from "Throttle"')
  await owner().query(
    `insert into "Tenant" (id, name, subdomain, plan, "signUp", "mailDomains") values ($1, $2, 'texts', 'ENTERPRISE', 'OPEN', $3)`,
    [SCHOOL, SCHOOL_NAMES[0], VECTORS],
  )
  await owner().query(
    `insert into "User" (id, "tenantId", email, name, password, role, "emailVerified")
     values ($1 || 'admin', $1, 'admin@texts.test', $2, '!', 'ADMIN', now())`,
    [SCHOOL, PERSON_NAMES[0]],
  )
  await addPeople(PEOPLE, 'p')
  await addPeople(PERSON_NAMES, 'n')
  await addRolesAndInvitations()
  await addEntries()
  await addClosedSchools()
  await addCourse()
}

/** Takes away whatever a file left of it, its letters among it. */
export async function removeHostileSchool(): Promise<void> {
  const pool = owner()
  await pool.query(`delete from "AuditLog" where "tenantId" = 'platform' and "targetId" like $1 || '%'`, [
    SCHOOL,
  ])
  await pool.query('delete from "Course" where "tenantId" = $1', [SCHOOL])
  await pool.query(`delete from "Tenant" where id like $1 || '%'`, [SCHOOL])
  const { mailDir } = inject('served')
  for (const folder of existsSync(mailDir) ? readdirSync(mailDir) : [])
    if (folder.startsWith(SCHOOL)) rmSync(join(mailDir, folder), { recursive: true })
}

/** Signs a browser in as one of the school’s people, whoever it was before. */
export async function enterAs(watcher: Watcher, userId: string): Promise<void> {
  const value = await signIn(SCHOOL, userId)
  await watcher.context.addCookies([
    { ...{ name: SESSION_COOKIE, value, url: urlOf(HOST) }, httpOnly: true, sameSite: 'Lax' },
  ])
}

export type Written = Readonly<{
  from: Readonly<{ name: string }>
  to: Readonly<{ name: string; address: string }>
  subject: string
  text: string
  html: string
}>

/** All letters of a tenant, the newest first, as its outbox page reads them. */
export function lettersOf(tenantId: string): Written[] {
  const folder = join(inject('served').mailDir, tenantId)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Written)
}

/** Puts one letter for each payload on the queue, as an action of the tenant would. */
export async function tellAll(tenantId: string, kind: string, payloads: readonly object[]): Promise<void> {
  const client = await owner().connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.tenant_id', $1, true)`, [tenantId])
    await client.query(
      `with told as (insert into "Outbox" ("tenantId", kind, payload)
         select $1, $2, one from jsonb_array_elements($3::jsonb) as given(one) returning id) select 1 from told`,
      [tenantId, kind, JSON.stringify(payloads)],
    )
    await client.query(
      `select smartlms_enqueue(id) from "Outbox" where "tenantId" = $1 and kind = $2 and "deliveredAt" is null`,
      [tenantId, kind],
    )
    await client.query('commit')
  } finally {
    client.release()
  }
}

/** Waits until nothing of these tenants is left to be sent. @throws Error after a minute, with what is left */
export async function untilSent(tenants: string): Promise<void> {
  let left: readonly string[] = []
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const { rows } = await owner().query<{ what: string }>(
      `select "tenantId" || ' ' || kind || ' ' || payload as what from "Outbox" where "tenantId" like $1 and "deliveredAt" is null`,
      [tenants],
    )
    left = rows.map(({ what }) => what)
    if (left.length === 0) return
    await sleep(100)
  }
  throw new Error(`${left.length} letters were never sent: ${left.slice(0, 5).join('; ')}`)
}
