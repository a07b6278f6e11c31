import 'server-only'
import type { RoleType } from '#types/db'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { affectOne, TOUCH } from './changes'

/** What is done to people by those who run the school. Whether it may be done is decided in lib/people. */

/**
 * Makes this transaction the only one that changes who may do what in the school, until it ends. What is read after it
 * still holds when it commits: two admins who demote each other do so one after the other.
 */
export async function holdStandings(db: TenantDb): Promise<void> {
  await firstRow(db, sql`select pg_advisory_xact_lock(hashtextextended(${`standings/${db.tenantId}`}, 0))`)
}

/** @throws AppError 'not_found' */
export async function setRole(
  db: TenantDb,
  input: Readonly<{ userId: string; role: Exclude<RoleType, 'SUPER_ADMIN'> }>,
): Promise<void> {
  await affectOne(
    db,
    sql`update "User" set role = ${input.role}::"RoleType", ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${input.userId} and "deletedAt" is null`,
    'person',
  )
}

/** Lets a person in or keeps them out. @returns whether that changed anything */
export async function setDisabled(
  db: TenantDb,
  input: Readonly<{ userId: string; disabled: boolean }>,
): Promise<boolean> {
  const { userId, disabled } = input
  return (
    (await affected(
      db,
      sql`update "User" set "disabledAt" = case when ${disabled} then now() end, ${TOUCH}
        where "tenantId" = ${db.tenantId} and id = ${userId} and "deletedAt" is null and ("disabledAt" is not null) <> ${disabled}`,
    )) === 1
  )
}

/**
 * Waits for those who are giving the person something (a course to teach, say) and makes others wait: what is counted
 * afterwards is all there is. @throws AppError 'not_found'
 */
export async function holdPerson(db: TenantDb, userId: string): Promise<void> {
  await affectOne(
    db,
    sql`select 1 from "User" where "tenantId" = ${db.tenantId} and id = ${userId} and "deletedAt" is null for update`,
    'person',
  )
}

/** Gives all courses of a person to somebody else, deleted ones as well, so that none comes back without a teacher. */
export async function handOverCourses(
  db: TenantDb,
  input: Readonly<{ from: string; to: string }>,
): Promise<void> {
  await affected(
    db,
    sql`update "Course" set "instructorId" = ${input.to}, ${TOUCH}
      where "tenantId" = ${db.tenantId} and "instructorId" = ${input.from}`,
  )
}

/** Courses of a person that are not deleted. */
export async function countTaught(db: TenantDb, userId: string): Promise<number> {
  const row = await firstRow<{ count: number }>(
    db,
    sql`select count(*)::int as count from "Course" where "tenantId" = ${db.tenantId} and "instructorId" = ${userId}
      and "deletedAt" is null`,
  )
  return row?.count ?? 0
}

/** What a person leaves behind, in numbers. */
export async function countWork(
  db: TenantDb,
  userId: string,
): Promise<{ enrollments: number; submissions: number; attempts: number }> {
  const row = await firstRow<{ enrollments: number; submissions: number; attempts: number }>(
    db,
    sql`select (select count(*)::int from "Enrollment" where "tenantId" = ${db.tenantId} and "userId" = ${userId}) as enrollments,
      (select count(*)::int from "Submission" where "tenantId" = ${db.tenantId} and "userId" = ${userId}) as submissions,
      (select count(*)::int from "ExamAttempt" where "tenantId" = ${db.tenantId} and "userId" = ${userId}) as attempts`,
  )
  return row ?? { enrollments: 0, submissions: 0, attempts: 0 }
}

export type KnownAddress = { email: string; member: boolean; invited: boolean }

/** Who is behind addresses, of those who are in the school or were invited and still can come. One statement. */
export async function knownAddresses(db: TenantDb, emails: readonly string[]): Promise<KnownAddress[]> {
  return rows<KnownAddress>(
    db,
    sql`select email, bool_or(member) as member, bool_or(not member) as invited from (
        select u.email, true as member from "User" u
        where u."tenantId" = ${db.tenantId} and u.email = any (${emails}::text[]) and u."deletedAt" is null
        union all
        select i.email, false from "Invitation" i
        where i."tenantId" = ${db.tenantId} and i.email = any (${emails}::text[]) and i."acceptedAt" is null
          and i."revokedAt" is null and i."expiresAt" > now() and i."invitedById" is not null
      ) known group by email`,
  )
}

/** Puts a letter for each of these invitations into the outbox and on the queue, in a fixed number of statements. */
export async function tellInvitations(db: TenantDb, ids: readonly string[]): Promise<void> {
  await rows(
    db,
    sql`with told as (
        insert into "Outbox" ("tenantId", kind, payload)
        select ${db.tenantId}, 'mail.invitation', jsonb_build_object('invitationId', given.id) from unnest(${ids}::text[]) as given(id)
        returning id)
      select smartlms_enqueue_many(array_agg(t.id)) from told t`,
  )
}
