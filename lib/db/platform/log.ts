import 'server-only'
import { type Cursor, cutPage, type Page } from '../keyset'
import { PLATFORM_TENANT_ID, readAsPlatform } from '../platform'
import { newestFirst } from '../queries/paging'
import { likePattern, sql } from '../sql'

/** The platform's own audit log: what was done to schools, and how its people signed in. */

export type LogRow = {
  id: string
  createdAt: Date
  action: string
  actorName: string | null
  schoolId: string | null
  schoolName: string | null
  subdomain: string | null
  before: unknown
  after: unknown
  ip: string | null
}

type Input = Readonly<{
  /** Found in the action, the reason, the school's name and subdomain, and the name of who did it. */
  q: string
  /** Only what was done to this school; null: all. */
  schoolId: string | null
  cursor: Cursor | null
  limit: number
}>

/** One page of the log, newest first. One statement. */
export async function listLog({ q, schoolId, cursor, limit }: Input): Promise<Page<LogRow>> {
  const { where, order } = newestFirst(cursor, sql`a."createdAt"`, sql`a.id`)
  const pattern = likePattern(q)
  const matching =
    q === ''
      ? sql``
      : sql`and (a.action ilike ${pattern} or a.after ->> 'reason' ilike ${pattern} or s.name ilike ${pattern}
          or s.subdomain ilike ${pattern} or u.name ilike ${pattern})`
  const ofSchool =
    schoolId === null ? sql`` : sql`and a."targetType" = 'Tenant' and a."targetId" = ${schoolId}`
  const found = await readAsPlatform<LogRow>(
    sql`select a.id, a."createdAt", a.action, u.name as "actorName", s.id as "schoolId", s.name as "schoolName", s.subdomain,
        a.before, a.after, a.ip
      from "AuditLog" a
      left join "Tenant" s on a."targetType" = 'Tenant' and s.id = a."targetId" and s.id <> ${PLATFORM_TENANT_ID}
      left join "User" u on u."tenantId" = a."tenantId" and u.id = a."actorId"
      where a."tenantId" = ${PLATFORM_TENANT_ID} ${ofSchool} ${matching} ${where}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.createdAt)
}
