import 'server-only'
import type { RoleType } from '#types/db'
import { firstRow, rows, type TenantDb } from '../handle'
import type { Page } from '../keyset'
import { sql, type Statement } from '../sql'
import { oneRow } from './changes'
import { cutPeople, type PeopleCursor, peopleKeyset, type PeopleOrder } from './people-cursor'

/** People as those see them who run the school. */

export type PersonRow = {
  id: string
  name: string
  email: string
  /** Storage key. */
  avatar: string | null
  role: Exclude<RoleType, 'SUPER_ADMIN'>
  /** Names. */
  customRoles: string[]
  disabled: boolean
  confirmed: boolean
  lastSeenAt: Date | null
  createdAt: Date
}

type ListInput = Readonly<{
  q: string
  /** Null: any. */
  role: Exclude<RoleType, 'SUPER_ADMIN'> | null
  /** Null: any. */
  state: 'active' | 'disabled' | 'unconfirmed' | null
  order: PeopleOrder
  cursor: PeopleCursor | null
  limit: number
}>

const STATES = {
  active: sql`and u."disabledAt" is null and u."emailVerified" is not null`,
  disabled: sql`and u."disabledAt" is not null`,
  unconfirmed: sql`and u."disabledAt" is null and u."emailVerified" is null`,
} as const

/**
 * Whoever has `q` in their name or address. strpos knows no wildcards and costs half of what `ilike` does, and below
 * row-level security no index could help either of them. Addresses are stored in lower case.
 */
function found(q: string): Statement {
  if (q === '') return sql``
  return sql`and (strpos(u.email, lower(${q})) > 0 or strpos(lower(u.name), lower(${q})) > 0)`
}

/** One page of the school's people; `q` finds names and addresses that contain it. One statement. */
export async function listPeople(db: TenantDb, input: ListInput): Promise<Page<PersonRow>> {
  const { q, role, state, cursor, limit } = input
  const { where, order } = peopleKeyset(input.order, cursor)
  const inRole = role === null ? sql`` : sql`and u.role = ${role}::"RoleType"`
  const inState = state === null ? sql`` : STATES[state]
  const page = await rows<PersonRow>(
    db,
    sql`with u as (
        select u.id, u.name, u.email, u.avatar, u.role, u."disabledAt" is not null as disabled,
          u."emailVerified" is not null as confirmed, u."lastSeenAt", u."createdAt" from "User" u
        where u."tenantId" = ${db.tenantId} and u."deletedAt" is null ${found(q)} ${inRole} ${inState} ${where}
        order by ${order} limit ${limit + 1})
      select u.*, array(select r.name from "RoleAssignment" a join "Role" r on r."tenantId" = a."tenantId" and r.id = a."roleId"
          where a."tenantId" = ${db.tenantId} and a."userId" = u.id order by r.name) as "customRoles"
      from u order by ${order}`,
  )
  return cutPeople(page, limit, input.order, cursor)
}

/** Open invitations of the school, expired ones included. */
export async function countInvitations(db: TenantDb): Promise<number> {
  const row = await firstRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from "Invitation" where "tenantId" = ${db.tenantId} and "acceptedAt" is null
      and "revokedAt" is null and "invitedById" is not null`,
  )
  return row?.count ?? 0
}

export type PersonDetail = PersonRow & {
  /** IANA; the school's when null. */
  timeZone: string | null
  /** Devices that they are signed in on. */
  sessions: number
  /** Whether they have a confirmed second factor. */
  secondFactor: boolean
  customRoleIds: string[]
  /** One list a custom role, unchecked. */
  permissions: unknown[]
  enrollments: number
  submissions: number
  attempts: number
  /** Courses they teach. */
  courses: number
  /** Active admins beside them. */
  otherAdmins: number
}

/** A living person with all that their page shows. One statement. @throws AppError 'not_found' */
export async function getPerson(db: TenantDb, userId: string): Promise<PersonDetail> {
  const own = (table: Statement): Statement =>
    sql`(select count(*)::int from ${table} t where t."tenantId" = ${db.tenantId} and t."userId" = u.id)`
  return oneRow<PersonDetail>(
    db,
    sql`select u.id, u.name, u.email, u.avatar, u.role, u."disabledAt" is not null as disabled,
        u."emailVerified" is not null as confirmed, u."lastSeenAt", u."createdAt", u."timeZone",
        h.names as "customRoles", h.ids as "customRoleIds", h.permissions,
        (select count(*)::int from "Session" s where s."tenantId" = u."tenantId" and s."userId" = u.id
          and s."expiresAt" > now() and s."lastSeenAt" > now() - interval '7 days') as sessions,
        exists (select from "SecondFactor" f where f."tenantId" = u."tenantId" and f."userId" = u.id
          and f."confirmedAt" is not null) as "secondFactor",
        ${own(sql`"Enrollment"`)} as enrollments, ${own(sql`"Submission"`)} as submissions,
        ${own(sql`"ExamAttempt"`)} as attempts,
        (select count(*)::int from "Course" c where c."tenantId" = u."tenantId" and c."instructorId" = u.id
          and c."deletedAt" is null) as courses,
        ${otherAdmins(db, userId)} as "otherAdmins"
      from "User" u left join lateral (
        select coalesce(array_agg(r.name order by r.name), '{}') as names, coalesce(array_agg(r.id order by r.name), '{}') as ids,
          coalesce(jsonb_agg(r.permissions), '[]') as permissions
        from "RoleAssignment" a join "Role" r on r."tenantId" = a."tenantId" and r.id = a."roleId"
        where a."tenantId" = u."tenantId" and a."userId" = u.id) h on true
      where u."tenantId" = ${db.tenantId} and u.id = ${userId} and u."deletedAt" is null`,
    'person',
  )
}

function otherAdmins(db: TenantDb, userId: string): Statement {
  return sql`(select count(*)::int from "User" o where o."tenantId" = ${db.tenantId} and o.role = 'ADMIN'
    and o."deletedAt" is null and o."disabledAt" is null and o.id <> ${userId})`
}

/** How many active admins the school has beside somebody. */
export async function countOtherAdmins(db: TenantDb, userId: string): Promise<number> {
  const row = await firstRow<{ count: number }>(db, sql`select ${otherAdmins(db, userId)} as count`)
  return row?.count ?? 0
}

export type StandingRow = {
  id: string
  name: string
  email: string
  role: RoleType
  disabled: boolean
  customRoleIds: string[]
  /** One list a custom role, unchecked. */
  permissions: unknown[]
}

/** What decides about people, of those of the ids who live in this school. */
export async function readStandings(db: TenantDb, ids: readonly string[]): Promise<StandingRow[]> {
  return rows<StandingRow>(
    db,
    sql`select u.id, u.name, u.email, u.role, u."disabledAt" is not null as disabled,
        array(select a."roleId" from "RoleAssignment" a where a."tenantId" = u."tenantId" and a."userId" = u.id
          order by a."roleId") as "customRoleIds",
        coalesce((select jsonb_agg(r.permissions) from "RoleAssignment" a
          join "Role" r on r."tenantId" = a."tenantId" and r.id = a."roleId"
          where a."tenantId" = u."tenantId" and a."userId" = u.id), '[]') as permissions
      from "User" u where u."tenantId" = ${db.tenantId} and u.id = any (${ids}::text[]) and u."deletedAt" is null`,
  )
}

export type GivenRoleRow = { id: string; name: string; permissions: unknown }

/** Custom roles of the school by id, by name. Ids of other schools' roles find nothing. */
export async function findRoles(db: TenantDb, ids: readonly string[]): Promise<GivenRoleRow[]> {
  if (ids.length === 0) return []
  return rows<GivenRoleRow>(
    db,
    sql`select id, name, permissions from "Role" where "tenantId" = ${db.tenantId} and id = any (${ids}::text[]) order by name, id`,
  )
}

/** Some of the courses that a person teaches, by title. */
export async function listTaught(
  db: TenantDb,
  input: Readonly<{ userId: string; limit: number }>,
): Promise<{ id: string; title: string }[]> {
  return rows<{ id: string; title: string }>(
    db,
    sql`select id, title from "Course" where "tenantId" = ${db.tenantId} and "instructorId" = ${input.userId}
      and "deletedAt" is null order by title, id limit ${input.limit}`,
  )
}

/** Active people who may edit courses of their own by their built-in role, by name. */
export async function listTeachers(
  db: TenantDb,
  input: Readonly<{ except: string; limit: number }>,
): Promise<{ email: string; name: string }[]> {
  return rows<{ email: string; name: string }>(
    db,
    sql`select email, name from "User" where "tenantId" = ${db.tenantId} and role in ('ADMIN', 'INSTRUCTOR')
      and "deletedAt" is null and "disabledAt" is null and id <> ${input.except} order by name, id limit ${input.limit}`,
  )
}
