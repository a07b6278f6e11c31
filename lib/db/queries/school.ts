import 'server-only'
import { BEYOND_STUDENTS } from '#lib/auth/permissions'
import type { Plan } from '#types/db'
import { affected, type TenantDb } from '../handle'
import { sql } from '../sql'
import { assignments, changeSeen, oneRow, TOUCH } from './changes'

/** The school itself, as the people who run it see and change it. */

export type SchoolSettings = {
  name: string
  description: string | null
  /** Storage key. */
  logo: string | null
  /** `#rrggbb`. */
  accentColor: string
  /** IANA. */
  timeZone: string
  /** BCP 47. */
  locale: string
  signUp: 'OPEN' | 'INVITED'
  mailDomains: string[]
  staffSecondFactor: boolean
  tutor: boolean
  /** Staff who can act and have no second factor of their own. */
  staffWithout: number
  updatedAt: Date
}

/** What the school has settled for itself. One statement. @throws AppError 'not_found' */
export async function getSchoolSettings(db: TenantDb): Promise<SchoolSettings> {
  return oneRow<SchoolSettings>(
    db,
    sql`select name, description, logo, coalesce("accentColor", '#22D3EE') as "accentColor", "timeZone", locale, "signUp",
        "mailDomains", "staffSecondFactor", tutor, "updatedAt",
        (select count(*)::int from "User" u where u."tenantId" = ${db.tenantId} and u."deletedAt" is null
          and u."disabledAt" is null and (u.role <> 'STUDENT' or exists (select from "RoleAssignment" a
            join "Role" r on r."tenantId" = a."tenantId" and r.id = a."roleId"
            where a."tenantId" = u."tenantId" and a."userId" = u.id and r.permissions ?| ${BEYOND_STUDENTS}::text[]))
          and not exists (select from "SecondFactor" f where f."tenantId" = u."tenantId" and f."userId" = u.id and f."confirmedAt" is not null)) as "staffWithout"
      from "Tenant" where id = ${db.tenantId}`,
    'school',
  )
}

/* eslint-disable house/tenant-in-statement -- the school’s own row has no "tenantId": its id is the tenant. */

/** The school’s plan as it is now, which may be another than when the request began. */
export async function planOf(db: TenantDb): Promise<Plan> {
  const { plan } = await oneRow<{ plan: Plan }>(
    db,
    sql`select plan from "Tenant" where id = ${db.tenantId}`,
    'school',
  )
  return plan
}

type BrandChange = Readonly<{
  /** `updatedAt` of the school as the form saw it. */
  seen: Date
  name: string
  description: string | null
  accentColor: string
  timeZone: string
  locale: string
}>

/**
 * Changes how the school presents itself, for everybody's next request.
 * @throws AppError 'conflict' when it was changed since it was read, 'invalid_input' for a zone the database doesn't know
 */
export async function updateBrand(db: TenantDb, input: BrandChange): Promise<{ updatedAt: Date }> {
  const { seen, name, description, accentColor, timeZone, locale } = input
  const set = assignments([
    ...[sql`name = ${name}`, sql`description = ${description}`, sql`"accentColor" = ${accentColor}`],
    ...[sql`"timeZone" = ${timeZone}`, sql`locale = ${locale}`],
  ])
  // Browsers may know a zone that the database doesn't; every later "at time zone" of the school would then fail.
  return changeSeen(
    db,
    sql`update "Tenant" set ${set} where id = ${db.tenantId} and "updatedAt" = ${seen}
      and (now() at time zone ${timeZone}) is not null returning "updatedAt"`,
    sql`select 1 from "Tenant" where id = ${db.tenantId}`,
    'school',
  )
}

type SignInChange = Readonly<{
  seen: Date
  signUp: 'OPEN' | 'INVITED'
  mailDomains: readonly string[]
  staffSecondFactor: boolean
  tutor: boolean
}>

/** Changes who may join, how staff sign in and whether there is a tutor. @throws AppError 'conflict' when it was changed since it was read */
export async function updateSignIn(db: TenantDb, input: SignInChange): Promise<{ updatedAt: Date }> {
  const { seen, signUp, mailDomains, staffSecondFactor, tutor } = input
  return changeSeen(
    db,
    sql`update "Tenant" set "signUp" = ${signUp}::"SignUpMode", "mailDomains" = ${mailDomains}::text[],
        "staffSecondFactor" = ${staffSecondFactor}, tutor = ${tutor}, ${TOUCH}
      where id = ${db.tenantId} and "updatedAt" = ${seen} returning "updatedAt"`,
    sql`select 1 from "Tenant" where id = ${db.tenantId}`,
    'school',
  )
}

/**
 * Sets the school's logo, or takes it away.
 * @returns the storage key that stood there until now
 */
export async function replaceLogo(db: TenantDb, logo: string | null): Promise<string | null> {
  const before = await oneRow<{ logo: string | null }>(
    db,
    sql`select logo from "Tenant" where id = ${db.tenantId} for update`,
    'school',
  )
  await affected(db, sql`update "Tenant" set logo = ${logo}, ${TOUCH} where id = ${db.tenantId}`)
  return before.logo
}

/* eslint-enable house/tenant-in-statement */

export type Usage = {
  people: number
  /** Open invitations of people of the school; they hold a place each. */
  invitations: number
  courses: number
  storageBytes: number
  /** Sent to the tutor in the current month of the school's zone. */
  aiMessages: number
  activeWeek: number
  activeMonth: number
}

/**
 * What the school uses of what its plan allows, and how many people came by lately. One statement.
 * @param timeZone decides which month it is
 */
export async function getUsage(db: TenantDb, timeZone: string): Promise<Usage> {
  return oneRow<Usage>(
    db,
    sql`with people as (
        select count(*)::int as people,
          count(*) filter (where "lastSeenAt" > now() - interval '7 days')::int as week,
          count(*) filter (where "lastSeenAt" > now() - interval '30 days')::int as month
        from "User" where "tenantId" = ${db.tenantId} and "deletedAt" is null),
      counters as (
        select coalesce(sum(amount) filter (where kind = 'storage' and period = ''), 0)::float8 as storage,
          coalesce(sum(amount) filter (where kind = 'ai-messages' and period = to_char(now() at time zone ${timeZone}, 'YYYY-MM')), 0)::int as messages
        from "UsageCounter" where "tenantId" = ${db.tenantId})
      select p.people, p.week as "activeWeek", p.month as "activeMonth", c.storage as "storageBytes", c.messages as "aiMessages",
        (select count(*)::int from "Invitation" where "tenantId" = ${db.tenantId} and "acceptedAt" is null and "revokedAt" is null
          and "expiresAt" > now() and "invitedById" is not null) as invitations,
        (select count(*)::int from "Course" where "tenantId" = ${db.tenantId} and "deletedAt" is null) as courses
      from people p, counters c`,
    'school',
  )
}

export type FirstStepFacts = {
  branded: boolean
  invited: boolean
  secondFactor: boolean
  signUpDecided: boolean
  published: boolean
}

/** Which first steps of a new school have been taken, from its rows. One statement. @param userId who is asking */
export async function getFirstSteps(db: TenantDb, userId: string): Promise<FirstStepFacts> {
  return oneRow<FirstStepFacts>(
    db,
    sql`select t.logo is not null or upper(coalesce(t."accentColor", '#22D3EE')) <> '#22D3EE' as branded,
          exists (select from "Invitation" i where i."tenantId" = ${db.tenantId} and i."invitedById" is not null)
            or exists (select from "User" u where u."tenantId" = ${db.tenantId} and u.id <> ${userId} and u."deletedAt" is null) as invited,
          exists (select from "SecondFactor" f where f."tenantId" = ${db.tenantId} and f."userId" = ${userId}
            and f."confirmedAt" is not null) as "secondFactor",
          t."signUp" = 'OPEN' or exists (select from "AuditLog" a where a."tenantId" = ${db.tenantId} and a."targetId" = ${db.tenantId}
            and a.action = 'school.settings') as "signUpDecided",
          exists (select from "Course" c where c."tenantId" = ${db.tenantId} and c.status = 'PUBLISHED' and c."deletedAt" is null) as published
        from "Tenant" t where t.id = ${db.tenantId}`,
    'school',
  )
}
