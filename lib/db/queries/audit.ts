import 'server-only'
import { affected, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { likePattern, sql, type Statement } from '../sql'
import { newestFirst } from './paging'

/** A change as the audit log keeps it. `before` and `after` hold what changed, nothing more. */
export type AuditEntry = Readonly<{
  targetType: string
  targetId: string | null
  before?: Readonly<Record<string, unknown>>
  after?: Readonly<Record<string, unknown>>
}>

function jsonOrNull(value: Readonly<Record<string, unknown>> | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

/** Appends to the school's audit log, in the same transaction as the change it tells of. */
export async function recordAudit(
  db: TenantDb,
  entry: AuditEntry &
    Readonly<{
      action: string
      actorId: string | null
      /** Where the request came from. */
      client?: Readonly<{ ip: string; requestId: string | null }>
    }>,
): Promise<void> {
  await affected(
    db,
    sql`insert into "AuditLog" ("tenantId", "actorId", action, "targetType", "targetId", before, after, "requestId", ip)
      values (${db.tenantId}, ${entry.actorId}, ${entry.action}, ${entry.targetType}, ${entry.targetId},
        ${jsonOrNull(entry.before)}::jsonb, ${jsonOrNull(entry.after)}::jsonb, ${entry.client?.requestId ?? null},
        ${entry.client === undefined || entry.client.ip === '' ? null : entry.client.ip})`,
  )
}

type ManyEntries = Readonly<{
  action: string
  actorId: string | null
  targetType: string
  client: Readonly<{ ip: string; requestId: string | null }>
  entries: readonly Readonly<{ targetId: string; after: Readonly<Record<string, unknown>> }>[]
}>

/** Appends many entries that differ in what they are about alone, in one statement. */
export async function recordAudits(db: TenantDb, input: ManyEntries): Promise<void> {
  const { action, actorId, targetType, client, entries } = input
  if (entries.length === 0) return
  await affected(
    db,
    sql`insert into "AuditLog" ("tenantId", "actorId", action, "targetType", "targetId", after, "requestId", ip)
      select ${db.tenantId}, ${actorId}, ${action}, ${targetType}, e.id, e.after::jsonb, ${client.requestId}, ${client.ip === '' ? null : client.ip}
      from unnest(${entries.map(({ targetId }) => targetId)}::text[], ${entries.map(({ after }) => JSON.stringify(after))}::text[]) as e(id, after)`,
  )
}

export type AuditRow = {
  id: string
  action: string
  /** Null: nobody was signed in, or the system itself. */
  actorId: string | null
  /** Null also for somebody whose account has been erased. */
  actorName: string | null
  targetType: string | null
  targetId: string | null
  /** Name of the person, course or role that it was done to, as far as it is still there. */
  targetName: string | null
  before: unknown
  after: unknown
  requestId: string | null
  ip: string | null
  createdAt: Date
}

/** What is looked for; an empty text looks for nothing in particular. */
export type AuditFilter = Readonly<{
  /** A person's id, or a part of their name or address. */
  person: string
  /** How the action begins: `school.` or `school.brand`. */
  action: string
  /** An id, or a part of the name of a person, a course or a role. */
  target: string
  /** First and last day in the school's zone, `YYYY-MM-DD`. */
  from: string
  to: string
  /** IANA. */
  timeZone: string
}>

function conditions(db: TenantDb, filter: AuditFilter): Statement {
  const { person, action, target, from, to, timeZone } = filter
  const who = likePattern(person)
  const what = likePattern(target)
  const starts = `${action.replace(/[\\%_]/g, '\\$&')}%`
  const parts = [
    person === ''
      ? sql``
      : sql`and a."actorId" in (select u.id from "User" u where u."tenantId" = ${db.tenantId}
          and (u.id = ${person} or u.name ilike ${who} or u.email ilike ${who}))`,
    action === '' ? sql`` : sql`and a.action like ${starts}`,
    target === ''
      ? sql``
      : sql`and a."targetId" in (select ${target}::text
          union all select u.id from "User" u where u."tenantId" = ${db.tenantId} and (u.name ilike ${what} or u.email ilike ${what})
          union all select c.id from "Course" c where c."tenantId" = ${db.tenantId} and c.title ilike ${what}
          union all select r.id from "Role" r where r."tenantId" = ${db.tenantId} and r.name ilike ${what})`,
    from === '' ? sql`` : sql`and a."createdAt" >= ${from}::date::timestamp at time zone ${timeZone}`,
    to === '' ? sql`` : sql`and a."createdAt" < (${to}::date + 1)::timestamp at time zone ${timeZone}`,
  ]
  return parts.reduce((all, part) => sql`${all} ${part}`)
}

const ENTRY = sql`select a.id, a.action, a."actorId", p.name as "actorName", a."targetType", a."targetId",
  coalesce(u.name, c.title, r.name) as "targetName", a.before, a.after, a."requestId", a.ip, a."createdAt"`

/** The names beside a page's rows. They are looked up for those alone, so the log's length doesn't matter. */
function named(db: TenantDb, found: Statement): Statement {
  return sql`${ENTRY} from (${found}) a
    left join "User" p on p."tenantId" = ${db.tenantId} and p.id = a."actorId"
    left join "User" u on u."tenantId" = ${db.tenantId} and u.id = a."targetId" and a."targetType" = 'User'
    left join "Course" c on c."tenantId" = ${db.tenantId} and c.id = a."targetId" and a."targetType" = 'Course'
    left join "Role" r on r."tenantId" = ${db.tenantId} and r.id = a."targetId" and a."targetType" = 'Role'`
}

/** One page of the school's audit log, newest first. One statement. */
export async function listAudit(
  db: TenantDb,
  input: Readonly<{ filter: AuditFilter; cursor: Cursor | null; limit: number }>,
): Promise<Page<AuditRow>> {
  const { filter, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`a."createdAt"`, sql`a.id`)
  const found = sql`select a.* from "AuditLog" a where a."tenantId" = ${db.tenantId} ${conditions(db, filter)} ${where}
    order by ${order} limit ${limit + 1}`
  const read = await rows<AuditRow>(db, sql`${named(db, found)} order by ${order}`)
  return cutPage(read, limit, cursor, (row) => row.createdAt)
}
