import 'server-only'
import type { School } from '#lib/tenancy/school'
import { translate } from './failure'
import { PLATFORM_TENANT_ID } from './platform-id'
import { platformPool } from './pool'
import { sql, type Statement } from './sql'
import { inUnit, type Run } from './unit'

/**
 * The platform's door: the one place that looks across schools. Its database role reads the Tenant table and
 * the platform's own rows; no school's content is visible through it. Import rules keep it out of features.
 */

const SCHOOL = sql`select id, subdomain, name, description, logo, coalesce("accentColor", '#22D3EE') as "accentColor",
  plan, status, "timeZone", locale, "signUp", "mailDomains", "staffSecondFactor" from "Tenant"`

/** The right to run statements as the platform, with the reason it was asked for. */
export type PlatformDb = Readonly<{ run: Run }>

/**
 * Opens the platform's door for a change. The change and its audit row (in the platform's own log) are one transaction.
 * @param entry what is being done, to which school, by whom, and why (at least a few words)
 */
export async function asPlatform<T>(
  entry: Readonly<{ action: string; reason: string; tenantId: string | null; actorId: string | null }>,
  work: (db: PlatformDb) => Promise<T>,
): Promise<T> {
  if (entry.reason.trim().length < 8) throw new Error('The platform’s door opens only with a reason.')
  return inUnit(platformPool(), PLATFORM_TENANT_ID, async ({ run }) => {
    const result = await work({ run })
    await run(sql`insert into "AuditLog" ("tenantId", "actorId", action, "targetType", "targetId", after)
      values (${PLATFORM_TENANT_ID}, ${entry.actorId}, ${entry.action}, 'Tenant', ${entry.tenantId},
        ${JSON.stringify({ reason: entry.reason })}::jsonb)`)
    return result
  })
}

async function read<Row extends object>(statement: Statement): Promise<Row[]> {
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
  const found = await read<School>(
    sql`${SCHOOL} where subdomain = ${subdomain} and id <> ${PLATFORM_TENANT_ID}`,
  )
  return found[0] ?? null
}

/** Active schools by name, at most `limit`; the platform itself is never among them. */
export async function listActiveSchools(limit: number): Promise<School[]> {
  return read<School>(
    sql`${SCHOOL} where status = 'ACTIVE' and id <> ${PLATFORM_TENANT_ID} order by name, id limit ${limit}`,
  )
}

export type SchoolCounts = Readonly<{ tenantId: string; users: number; courses: number; enrollments: number }>

/** Numbers about schools, never content (a function of the database that returns counts only). */
export async function countSchools(): Promise<SchoolCounts[]> {
  return read<SchoolCounts>(sql`select "tenantId", users, courses, enrollments from smartlms_school_counts()`)
}

/**
 * Suspends, resumes or closes a school, effective at the next request.
 * @returns false when there is no such school
 */
export async function setSchoolStatus(
  change: Readonly<{ tenantId: string; status: School['status']; reason: string; actorId: string | null }>,
): Promise<boolean> {
  const entry = {
    action: 'school.status',
    reason: change.reason,
    tenantId: change.tenantId,
    actorId: change.actorId,
  }
  return asPlatform(entry, async ({ run }) => {
    const result = await run(sql`update "Tenant" set status = ${change.status}::"Status", "updatedAt" = now()
      where id = ${change.tenantId} and id <> ${PLATFORM_TENANT_ID}`)
    return result.rowCount === 1
  })
}

/** Name of the newest migration that was applied, or null for a database without any. */
export async function newestMigration(): Promise<string | null> {
  const found = await read<{ name: string | null }>(sql`select smartlms_newest_migration() as name`)
  return found[0]?.name ?? null
}
