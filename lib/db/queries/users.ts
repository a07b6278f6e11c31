import 'server-only'
import { AppError } from '#lib/errors'
import type { RoleType } from '#types/db'
import { orm, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { likePattern, sql } from '../sql'
import { affectOne, assignments, changeSeen, TOUCH } from './changes'
import { newestFirst } from './paging'

/** The people of a school. No statement here selects a password. */

export type UserRow = {
  id: string
  email: string
  name: string
  role: RoleType
  /** Storage key. */
  avatar: string | null
  emailVerified: Date | null
  createdAt: Date
}

type ListInput = Readonly<{
  q: string
  /** Null: any. */
  role: RoleType | null
  cursor: Cursor | null
  limit: number
}>

/** One page of people, newest first; `q` finds names and addresses that contain it. One statement. */
export async function listUsers(db: TenantDb, input: ListInput): Promise<Page<UserRow>> {
  const { q, role, cursor, limit } = input
  const pattern = likePattern(q)
  const { where, order } = newestFirst(cursor, sql`u."createdAt"`, sql`u.id`)
  const search = q === '' ? sql`` : sql`and (u.name ilike ${pattern} or u.email ilike ${pattern})`
  const inRole = role === null ? sql`` : sql`and u.role = ${role}::"RoleType"`
  const found = await rows<UserRow>(
    db,
    sql`select u.id, u.email, u.name, u.role, u.avatar, u."emailVerified", u."createdAt" from "User" u
      where u."tenantId" = ${db.tenantId} and u."deletedAt" is null ${search} ${inRole} ${where}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.createdAt)
}

const PERSON = {
  id: true,
  email: true,
  name: true,
  role: true,
  avatar: true,
  timeZone: true,
  locale: true,
  emailVerified: true,
  createdAt: true,
  updatedAt: true,
} as const

export type Person = UserRow & {
  /** IANA; the school's when null. */
  timeZone: string | null
  /** BCP 47; the school's when null. */
  locale: string | null
  updatedAt: Date
}

/** @throws AppError 'not_found' */
export async function getUser(db: TenantDb, userId: string): Promise<Person> {
  const client = await orm(db)
  const person = await client.user.findFirst({
    where: { tenantId: db.tenantId, id: userId, deletedAt: null },
    select: PERSON,
  })
  if (person === null) throw new AppError('not_found', 'There is no such person.')
  return person
}

/** The person with this address in this school, however it is spelt; null when there is none. */
export async function findUserByEmail(db: TenantDb, email: string): Promise<Person | null> {
  const client = await orm(db)
  return client.user.findFirst({
    where: { tenantId: db.tenantId, email: email.trim().toLowerCase(), deletedAt: null },
    select: PERSON,
  })
}

/** What no password verifier accepts: the value of somebody who has no password. */
export const NO_PASSWORD = '!'

type NewUser = Readonly<{
  email: string
  name: string
  role: Exclude<RoleType, 'SUPER_ADMIN'>
  /** A PHC hash, or NO_PASSWORD. */
  password: string
}>

/** Adds a person to the school. @throws AppError 'conflict' when somebody of the school has this address */
export async function createUser(db: TenantDb, input: NewUser): Promise<Person> {
  const { name, role, password } = input
  const client = await orm(db)
  const email = input.email.trim().toLowerCase()
  return client.user.create({ data: { tenantId: db.tenantId, email, name, role, password }, select: PERSON })
}

type ProfileChange = Readonly<{
  userId: string
  /** `updatedAt` of the person as their form saw it. */
  seen: Date
  /** What is left out stays as it is. */
  changes: Readonly<{
    name?: string
    avatar?: string | null
    timeZone?: string | null
    locale?: string | null
  }>
}>

/** Changes what a person says of themselves. @throws AppError 'conflict', 'not_found' */
export async function updateProfile(db: TenantDb, input: ProfileChange): Promise<{ updatedAt: Date }> {
  const { userId, seen, changes } = input
  const set = assignments([
    changes.name === undefined ? null : sql`name = ${changes.name}`,
    changes.avatar === undefined ? null : sql`avatar = ${changes.avatar}`,
    changes.timeZone === undefined ? null : sql`"timeZone" = ${changes.timeZone}`,
    changes.locale === undefined ? null : sql`locale = ${changes.locale}`,
  ])
  return changeSeen(
    db,
    sql`update "User" set ${set} where "tenantId" = ${db.tenantId} and id = ${userId} and "deletedAt" is null
      and "updatedAt" = ${seen} returning "updatedAt"`,
    sql`select 1 from "User" where "tenantId" = ${db.tenantId} and id = ${userId} and "deletedAt" is null`,
    'person',
  )
}

/** Removes a person from the school's lists; their address is free again at once. @throws AppError 'not_found' */
export async function deleteUser(db: TenantDb, userId: string): Promise<void> {
  await affectOne(
    db,
    sql`update "User" set "deletedAt" = now(), ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${userId} and "deletedAt" is null`,
    'person',
  )
}
