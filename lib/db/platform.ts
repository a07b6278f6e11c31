import 'server-only'
import type { School } from '#lib/tenancy/school'
import { translate } from './failure'
import { PLATFORM_TENANT_ID } from './platform-id'
import { platformPool } from './pool'
import { sql, type Statement } from './sql'
import { inUnit, type Run } from './unit'

export { PLATFORM_TENANT_ID } from './platform-id'

/**
 * The platform's door: the one place that looks across schools. Its database role reads the Tenant table and
 * the platform's own rows; no school's content is visible through it. Import rules keep it out of features.
 */

const SCHOOL = sql`select id, subdomain, name, description, logo, coalesce("accentColor", '#22D3EE') as "accentColor",
  plan, status, "timeZone", locale, "signUp", "mailDomains", "staffSecondFactor", tutor from "Tenant"`

/** The right to run statements as the platform, with the reason it was asked for. */
export type PlatformDb = Readonly<{ run: Run }>

type Entry = Readonly<{
  action: string
  reason: string
  /** The school it is done to. */
  tenantId: string | null
  actorId: string | null
  /** Where the request came from; null for what no request asked for. */
  client: Readonly<{ ip: string; requestId: string | null }> | null
  /** What changes, nothing more. */
  before?: Readonly<Record<string, unknown>>
  after?: Readonly<Record<string, unknown>>
}>

/**
 * Opens the platform's door for a change. The change and its audit row (in the platform's own log) are one transaction.
 * @param entry what is being done, to which school, by whom, and why (at least a few words)
 */
export async function asPlatform<T>(entry: Entry, work: (db: PlatformDb) => Promise<T>): Promise<T> {
  if (entry.reason.trim().length < 8) throw new Error('The platform’s door opens only with a reason.')
  const before = entry.before === undefined ? null : JSON.stringify(entry.before)
  const after = JSON.stringify({ ...entry.after, reason: entry.reason })
  const ip = entry.client === null || entry.client.ip === '' ? null : entry.client.ip
  return inUnit(platformPool(), PLATFORM_TENANT_ID, async ({ run }) => {
    const result = await work({ run })
    await run(sql`insert into "AuditLog" ("tenantId", "actorId", action, "targetType", "targetId", before, after, "requestId", ip)
      values (${PLATFORM_TENANT_ID}, ${entry.actorId}, ${entry.action}, 'Tenant', ${entry.tenantId},
        ${before}::jsonb, ${after}::jsonb, ${entry.client?.requestId ?? null}, ${ip})`)
    return result
  })
}

/**
 * Reads as the platform, one statement and no unit of work: the list of schools, its own rows, and numbers.
 * @throws AppError 'unavailable'
 */
export async function readAsPlatform<Row extends object>(statement: Statement): Promise<Row[]> {
  try {
    const result = await platformPool().query<Row>({
      text: statement.text,
      values: [...statement.values],
      name: statement.name,
    })
    return result.rows
  } catch (error) {
    throw translate(error)
  }
}

/**
 * The school at a subdomain, whatever its status; null when there is none. One indexed read per request,
 * never cached: a suspended school is closed at the next click. Not audited for that reason: it is how every
 * request finds its school, and it returns nothing that the school's front page does not show.
 */
export async function findSchoolBySubdomain(subdomain: string): Promise<School | null> {
  const found = await readAsPlatform<School>(
    sql`${SCHOOL} where subdomain = ${subdomain} and id <> ${PLATFORM_TENANT_ID}`,
  )
  return found[0] ?? null
}

/** Active schools by name, at most `limit`; the platform itself is never among them. */
export async function listActiveSchools(limit: number): Promise<School[]> {
  return readAsPlatform<School>(
    sql`${SCHOOL} where status = 'ACTIVE' and id <> ${PLATFORM_TENANT_ID} order by name, id limit ${limit}`,
  )
}

/** Name of the newest migration that was applied, or null for a database without any. */
export async function newestMigration(): Promise<string | null> {
  const found = await readAsPlatform<{ name: string | null }>(sql`select smartlms_newest_migration() as name`)
  return found[0]?.name ?? null
}
