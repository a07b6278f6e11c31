import 'server-only'
import type { School } from '#lib/tenancy/school'
import type { Page } from '../keyset'
import { PLATFORM_TENANT_ID, type PlatformDb, readAsPlatform } from '../platform'
import { likePattern, sql } from '../sql'
import { cutSchools, type SchoolCursor, type SchoolOrder, schoolWindow } from './cursor'

/** Schools as the platform sees them: the directory, and numbers. The platform itself is never among them. */

type Plan = School['plan']
type Status = School['status']

export type SchoolRow = {
  id: string
  name: string
  subdomain: string
  plan: Plan
  status: Status
  createdAt: Date
}

type ListInput = Readonly<{
  /** Found in names and subdomains. */
  q: string
  /** Null: any. */
  plan: Plan | null
  status: Status | null
  order: SchoolOrder
  cursor: SchoolCursor | null
  limit: number
}>

/** One page of schools. One statement. */
export async function listSchools(input: ListInput): Promise<Page<SchoolRow>> {
  const { plan, status, cursor, limit } = input
  const pattern = likePattern(input.q)
  const { where, order } = schoolWindow(input.order, cursor)
  const found = await readAsPlatform<SchoolRow & { sortName: string }>(
    sql`select t.id, t.name, t.subdomain, t.plan, t.status, t."createdAt", lower(t.name) as "sortName" from "Tenant" t
      where t.id <> ${PLATFORM_TENANT_ID} and (t.name ilike ${pattern} or t.subdomain ilike ${pattern})
        and (${plan}::"Plan" is null or t.plan = ${plan}::"Plan")
        and (${status}::"Status" is null or t.status = ${status}::"Status") ${where}
      order by ${order} limit ${limit + 1}`,
  )
  const rows = found.map(({ sortName, ...row }) => ({
    ...row,
    key: input.order === 'name' ? sortName : row.createdAt.toISOString(),
  }))
  return cutSchools(rows, limit, input.order, cursor)
}

export type UsageRow = {
  tenantId: string
  people: number
  admins: number
  courses: number
  enrollments: number
  storageBytes: number
  activeLastMonth: number
}

/** Numbers about schools, by a function of the database that returns numbers alone. One statement for all of them. */
export async function usageOfSchools(ids: readonly string[]): Promise<ReadonlyMap<string, UsageRow>> {
  const found = await readAsPlatform<UsageRow>(
    sql`select "tenantId", people, admins, courses, enrollments, "storageBytes"::float8 as "storageBytes", "activeLastMonth"
      from smartlms_school_usage(${ids}::text[])`,
  )
  return new Map(found.map((row) => [row.tenantId, row]))
}

export type HealthRow = {
  tenantId: string
  learnersWeek: number
  learnersBefore: number
  enrollments: number
  completions: number
  lettersWaiting: number
  marksWaiting: number
}

/** How schools fare, by a function of the database that returns numbers alone. One statement for all of them. */
export async function healthOfSchools(ids: readonly string[]): Promise<ReadonlyMap<string, HealthRow>> {
  const found = await readAsPlatform<HealthRow>(
    sql`select "tenantId", "learnersWeek", "learnersBefore", enrollments, completions, "lettersWaiting", "marksWaiting"
      from smartlms_school_health(${ids}::text[])`,
  )
  return new Map(found.map((row) => [row.tenantId, row]))
}

export type TotalsRow = { all: number; active: number; suspended: number; closed: number }

/** How many schools there are, by status. */
export async function countSchools(): Promise<TotalsRow> {
  const [totals] = await readAsPlatform<TotalsRow>(
    sql`select count(*)::int as all, count(*) filter (where status = 'ACTIVE')::int as active,
        count(*) filter (where status = 'SUSPENDED')::int as suspended, count(*) filter (where status = 'INACTIVE')::int as closed
      from "Tenant" where id <> ${PLATFORM_TENANT_ID}`,
  )
  return totals ?? { all: 0, active: 0, suspended: 0, closed: 0 }
}

export type SchoolFacts = SchoolRow & { timeZone: string; locale: string; statusReason: string | null }

/** One school of the directory; null when there is none. */
export async function findSchool(schoolId: string): Promise<SchoolFacts | null> {
  const [found] = await readAsPlatform<SchoolFacts>(
    sql`select id, name, subdomain, plan, status, "createdAt", "timeZone", locale, "statusReason" from "Tenant"
      where id = ${schoolId} and id <> ${PLATFORM_TENANT_ID}`,
  )
  return found ?? null
}

/** Plan and status as they are, held until the change is through; null when there is no such school. */
export async function holdSchool(
  db: PlatformDb,
  schoolId: string,
): Promise<{ plan: Plan; status: Status } | null> {
  const { rows } = await db.run<{ plan: Plan; status: Status }>(
    sql`select plan, status from "Tenant" where id = ${schoolId} and id <> ${PLATFORM_TENANT_ID} for update`,
  )
  return rows[0] ?? null
}

export async function setPlan(
  db: PlatformDb,
  input: Readonly<{ schoolId: string; plan: Plan }>,
): Promise<void> {
  await db.run(
    sql`update "Tenant" set plan = ${input.plan}::"Plan", "updatedAt" = now()
      where id = ${input.schoolId} and id <> ${PLATFORM_TENANT_ID}`,
  )
}

/** Effective at the school's next request: every one reads the status anew. @param input.reason null for an open school */
export async function setStatus(
  db: PlatformDb,
  input: Readonly<{ schoolId: string; status: Status; reason: string | null }>,
): Promise<void> {
  await db.run(
    sql`update "Tenant" set status = ${input.status}::"Status", "statusReason" = ${input.reason}, "updatedAt" = now()
      where id = ${input.schoolId} and id <> ${PLATFORM_TENANT_ID}`,
  )
}
