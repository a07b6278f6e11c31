import 'server-only'
import type { RoleType } from '#types/db'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'
import { affectOne, changeSeen, oneRow, TOUCH } from './changes'

/** Roles that a school made for itself, and who holds them. What is in `permissions` is checked where it is used. */

export type RoleRow = {
  id: string
  name: string
  description: string | null
  permissions: unknown
  updatedAt: Date
  /** People who hold it. */
  people: number
}

function roles(db: TenantDb, where: Statement): Statement {
  return sql`select r.id, r.name, r.description, r.permissions, r."updatedAt",
      (select count(*)::int from "RoleAssignment" a join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId"
        where a."tenantId" = ${db.tenantId} and a."roleId" = r.id and u."deletedAt" is null) as people
    from "Role" r where r."tenantId" = ${db.tenantId} and ${where} order by r.name, r.id limit 200`
}

/** A school's roles by name; at most two hundred. */
export async function listRoles(db: TenantDb): Promise<RoleRow[]> {
  return rows<RoleRow>(db, roles(db, sql`true`))
}

/** @throws AppError 'not_found' */
export async function getRole(db: TenantDb, id: string): Promise<RoleRow> {
  return oneRow<RoleRow>(db, roles(db, sql`r.id = ${id}`), 'role')
}

type RoleFields = Readonly<{ name: string; description: string | null; permissions: readonly string[] }>

/** @throws AppError 'conflict' when a role of the school has this name */
export async function createRole(db: TenantDb, input: RoleFields): Promise<{ id: string }> {
  const { name, description, permissions } = input
  return oneRow<{ id: string }>(
    db,
    sql`insert into "Role" ("tenantId", name, description, permissions)
      values (${db.tenantId}, ${name}, ${description}, ${JSON.stringify(permissions)}::jsonb) returning id`,
    'role',
  )
}

/** @throws AppError 'conflict' when it was changed since it was read, or the name is taken; 'not_found' */
export async function updateRole(
  db: TenantDb,
  input: RoleFields & Readonly<{ id: string; seen: Date }>,
): Promise<{ updatedAt: Date }> {
  const { id, seen, name, description, permissions } = input
  return changeSeen(
    db,
    sql`update "Role" set name = ${name}, description = ${description}, permissions = ${JSON.stringify(permissions)}::jsonb, ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${id} and "updatedAt" = ${seen} returning "updatedAt"`,
    sql`select 1 from "Role" where "tenantId" = ${db.tenantId} and id = ${id}`,
    'role',
  )
}

/** Removes a role; whoever held it holds it no longer. @throws AppError 'not_found' */
export async function deleteRole(db: TenantDb, id: string): Promise<void> {
  await affectOne(db, sql`delete from "Role" where "tenantId" = ${db.tenantId} and id = ${id}`, 'role')
}

/** Gives a person roles of the school besides those they hold; ids of no role are passed over. */
export async function assignRoles(
  db: TenantDb,
  input: Readonly<{ userId: string; roleIds: readonly string[] }>,
): Promise<void> {
  if (input.roleIds.length === 0) return
  await affected(
    db,
    sql`insert into "RoleAssignment" ("tenantId", "userId", "roleId")
      select r."tenantId", ${input.userId}, r.id from "Role" r where r."tenantId" = ${db.tenantId} and r.id = any (${input.roleIds}::text[])
      on conflict ("tenantId", "userId", "roleId") do nothing`,
  )
}

/** Makes `roleIds` all the custom roles that a person holds. */
export async function replaceRoles(
  db: TenantDb,
  input: Readonly<{ userId: string; roleIds: readonly string[] }>,
): Promise<void> {
  await affected(
    db,
    sql`delete from "RoleAssignment" where "tenantId" = ${db.tenantId} and "userId" = ${input.userId}
      and "roleId" <> all (${input.roleIds}::text[])`,
  )
  await assignRoles(db, input)
}

/** Whether a role of this name exists already, whatever its letters' case. */
export async function roleNameTaken(db: TenantDb, name: string, except: string | null): Promise<boolean> {
  return (
    (await firstRow(
      db,
      sql`select 1 from "Role" where "tenantId" = ${db.tenantId} and lower(name) = lower(${name}) and id is distinct from ${except}`,
    )) !== null
  )
}

/**
 * Makes this transaction the only one that changes the school's roles, until it ends: what it checks of a role, and
 * that a name is free in whatever case, still holds when it writes.
 */
export async function lockRoles(db: TenantDb): Promise<void> {
  await firstRow(db, sql`select pg_advisory_xact_lock(hashtextextended(${`roles/${db.tenantId}`}, 0))`)
}

/** How many roles the school has made. */
export async function countRoles(db: TenantDb): Promise<number> {
  const row = await firstRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from "Role" where "tenantId" = ${db.tenantId}`,
  )
  return row?.count ?? 0
}

/** People who hold a role and are alike in everything else that gives them permissions. */
export type HolderRow = {
  role: RoleType
  /** The permissions of their other custom roles, one list a role, unchecked. */
  others: unknown
  people: number
}

/** Who holds a role, in groups: few rows, however many people. */
export async function roleHolders(db: TenantDb, id: string): Promise<HolderRow[]> {
  return rows<HolderRow>(
    db,
    sql`select h.role, h.others, count(*)::int as people from (
        select u.role, (select coalesce(jsonb_agg(r.permissions order by r.id), '[]') from "RoleAssignment" b
            join "Role" r on r."tenantId" = b."tenantId" and r.id = b."roleId"
            where b."tenantId" = ${db.tenantId} and b."userId" = u.id and b."roleId" <> a."roleId") as others
        from "RoleAssignment" a join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId"
        where a."tenantId" = ${db.tenantId} and a."roleId" = ${id} and u."deletedAt" is null) h
      group by h.role, h.others`,
  )
}

/** Open invitations whose people would get the role. */
export async function countInvitedInto(db: TenantDb, id: string): Promise<number> {
  const row = await firstRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from "Invitation" where "tenantId" = ${db.tenantId} and ${id} = any ("roleIds")
      and "acceptedAt" is null and "revokedAt" is null and "expiresAt" > now()`,
  )
  return row?.count ?? 0
}
