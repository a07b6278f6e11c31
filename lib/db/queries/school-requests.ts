import 'server-only'
import { createHash } from 'node:crypto'
import { affected, firstRow, type TenantDb } from '../handle'
import { sql } from '../sql'

/** Requests for new schools. They are rows of the platform, before there is a school that could have them. */

type NewRequest = Readonly<{
  requestKey: string
  schoolName: string
  subdomain: string
  adminName: string
  email: string
  /** IANA. */
  timeZone: string
  /** BCP 47. */
  locale: string
  hours: number
}>

/**
 * The key of a request as it is kept: a form that comes again with another address or subdomain was corrected, and is
 * another request. Its letter goes elsewhere, or its link opens something else.
 */
function keyOf({ requestKey, email, subdomain }: NewRequest): string {
  const corrected = createHash('sha256')
    .update(JSON.stringify([email, subdomain]))
    .digest('hex')
  return `${requestKey}/${corrected.slice(0, 32)}`
}

/** Keeps a request. @returns its id; null when the same form has been sent before */
export async function addSchoolRequest(db: TenantDb, input: NewRequest): Promise<string | null> {
  const made = await firstRow<{ id: string }>(
    db,
    sql`insert into "SchoolRequest" ("tenantId", "requestKey", "schoolName", subdomain, "adminName", email, password,
        "timeZone", locale, "expiresAt")
      values (${db.tenantId}, ${keyOf(input)}, ${input.schoolName}, ${input.subdomain}, ${input.adminName},
        ${input.email}, '!', ${input.timeZone}, ${input.locale}, now() + make_interval(hours => ${input.hours}))
      on conflict ("tenantId", "requestKey") do nothing returning id`,
  )
  return made?.id ?? null
}

/**
 * Ends what the same form asked for before it was corrected: the link of its letter, which may be in a stranger's
 * hands, opens nothing any more.
 */
export async function dropCorrected(
  db: TenantDb,
  input: Readonly<{ id: string; requestKey: string }>,
): Promise<void> {
  const { id, requestKey } = input
  await affected(
    db,
    sql`delete from "SchoolRequest" where "tenantId" = ${db.tenantId} and split_part("requestKey", '/', 1) = ${requestKey}
      and id <> ${id} and "openedAt" is null`,
  )
}

/** Takes back a request that nobody was told of. */
export async function dropSchoolRequest(db: TenantDb, id: string): Promise<void> {
  await affected(
    db,
    sql`delete from "SchoolRequest" where "tenantId" = ${db.tenantId} and id = ${id} and "openedAt" is null`,
  )
}

export type SchoolRequestRow = {
  id: string
  schoolName: string
  subdomain: string
  adminName: string
  email: string
  opened: boolean
}

/** A request that can still be opened, or has been; null when it is too old or was never there. */
export async function findSchoolRequest(db: TenantDb, id: string): Promise<SchoolRequestRow | null> {
  return firstRow<SchoolRequestRow>(
    db,
    sql`select id, "schoolName", subdomain, "adminName", email, "openedAt" is not null as opened from "SchoolRequest"
      where "tenantId" = ${db.tenantId} and id = ${id} and ("openedAt" is not null or "expiresAt" > now())`,
  )
}

/**
 * Sets what its future admin has chosen, and makes everybody else who opens the same request wait.
 * @param input.hash a PHC text @returns false when it is too old, or open already
 */
export async function settleSchoolRequest(
  db: TenantDb,
  input: Readonly<{ id: string; subdomain: string; hash: string }>,
): Promise<boolean> {
  const settled = await affected(
    db,
    sql`update "SchoolRequest" set subdomain = ${input.subdomain}, password = ${input.hash}
      where "tenantId" = ${db.tenantId} and id = ${input.id} and "openedAt" is null and "expiresAt" > now()`,
  )
  return settled === 1
}

/**
 * Makes the school and its first admin of a settled request (smartlms_open_school: the platform itself writes no
 * school's rows). @returns the school's id; null when there is nothing to open @throws AppError 'conflict' when the
 * subdomain was taken meanwhile
 */
export async function openRequestedSchool(db: TenantDb, id: string): Promise<string | null> {
  const opened = await firstRow<{ schoolId: string }>(
    db,
    sql`select o."schoolId" from "SchoolRequest" r, smartlms_open_school(r.id) o
      where r."tenantId" = ${db.tenantId} and r.id = ${id}`,
  )
  return opened?.schoolId ?? null
}
