import 'server-only'
import { firstRow, type TenantDb } from '../handle'
import { sql } from '../sql'
import { oneRow } from './changes'

/** What somebody shows of what they earned: to people of their school, and to themselves. */

export type Choices = {
  /** People of the school may see the profile. */
  open: boolean
  badges: boolean
  streak: boolean
  certificates: boolean
  /** They don't want to see streaks and badges, and show nobody theirs. */
  hidden: boolean
}

const NOTHING: Choices = { open: false, badges: false, streak: false, certificates: false, hidden: false }

/** Somebody's own choices. One statement. */
export async function findChoices(db: TenantDb, userId: string): Promise<Choices> {
  const found = await firstRow<Choices>(
    db,
    sql`select open, badges, streak, certificates, hidden from "ProfileChoice"
      where "tenantId" = ${db.tenantId} and "userId" = ${userId}`,
  )
  return found ?? NOTHING
}

/**
 * Writes those of somebody's own choices that are named; the others stay as they are, also while they are changed at
 * the same moment. @throws AppError 'not_found' for nobody of this school
 */
export async function writeChoices(
  db: TenantDb,
  input: Readonly<{ userId: string; changes: Partial<Choices> }>,
): Promise<void> {
  const { userId, changes } = input
  const value = (name: keyof Choices) => sql`${changes[name] ?? null}::boolean`
  const first = (name: keyof Choices) => sql`coalesce(${value(name)}, false)`
  await oneRow(
    db,
    sql`insert into "ProfileChoice" as c ("tenantId", "userId", open, badges, streak, certificates, hidden)
      select ${db.tenantId}, u.id, ${first('open')}, ${first('badges')}, ${first('streak')}, ${first('certificates')}, ${first('hidden')}
      from "User" u where u."tenantId" = ${db.tenantId} and u.id = ${userId} and u."deletedAt" is null
      on conflict ("tenantId", "userId") do update set open = coalesce(${value('open')}, c.open),
        badges = coalesce(${value('badges')}, c.badges), streak = coalesce(${value('streak')}, c.streak),
        certificates = coalesce(${value('certificates')}, c.certificates), hidden = coalesce(${value('hidden')}, c.hidden), "updatedAt" = now()
      where c."tenantId" = ${db.tenantId}
      returning id`,
    'person',
  )
}

export type OpenProfile = {
  name: string
  /** Storage key. */
  avatar: string | null
  /** IANA, of the person. */
  timeZone: string
  badges: boolean
  streak: boolean
  certificates: boolean
}

/**
 * What somebody shows to the people of their school. Whoever shows nothing, is gone, disabled or of another school is
 * answered alike. One statement. @throws AppError 'not_found'
 */
export async function getOpenProfile(db: TenantDb, userId: string): Promise<OpenProfile> {
  return oneRow<OpenProfile>(
    db,
    sql`select u.name, u.avatar, coalesce(u."timeZone", t."timeZone") as "timeZone", c.badges and not c.hidden as badges,
        c.streak and not c.hidden as streak, c.certificates
      from "ProfileChoice" c
      join "User" u on u."tenantId" = c."tenantId" and u.id = c."userId" and u."deletedAt" is null and u."disabledAt" is null
      join "Tenant" t on t.id = c."tenantId"
      where c."tenantId" = ${db.tenantId} and c."userId" = ${userId} and c.open`,
    'profile',
  )
}
