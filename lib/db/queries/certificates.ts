import 'server-only'
import type { CertificateCard, HeldCertificate, PublicCertificate } from '#lib/awards/contract'
import { firstRow, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql } from '../sql'
import { oneRow } from './changes'
import { newestFirst } from './paging'

/** What somebody completed, in the names of that day. It outlives the course and later changes of its lessons. */

/**
 * Issues the certificate of a completed course, unless there is one: also one that was revoked stays as it is.
 * @param input.code of the new one
 * @returns the course's title, and whether this call issued it
 * @throws AppError 'not_found' when the person hasn't completed the course
 */
export async function insertCertificate(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string; code: string }>,
): Promise<{ courseTitle: string; issued: boolean }> {
  const { userId, courseId, code } = input
  return oneRow<{ courseTitle: string; issued: boolean }>(
    db,
    sql`with done as (
        select u.name as "learnerName", c.title as "courseTitle", i.name as "instructorName", e."completedAt"
        from "Enrollment" e
        join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId"
        join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null
        join "User" i on i."tenantId" = c."tenantId" and i.id = c."instructorId"
        where e."tenantId" = ${db.tenantId} and e."userId" = ${userId} and e."courseId" = ${courseId}
          and e."completedAt" is not null
      ), issued as (
        insert into "Certificate" ("tenantId", "userId", "courseId", code, "learnerName", "courseTitle", "instructorName", "completedAt")
        select ${db.tenantId}, ${userId}, ${courseId}, ${code}, d."learnerName", d."courseTitle", d."instructorName", d."completedAt"
        from done d
        on conflict ("tenantId", "userId", "courseId") do nothing returning id
      )
      select d."courseTitle", exists (select from issued) as issued from done d`,
    'completed enrollment',
  )
}

/** Learners who completed a course and have no certificate of it yet, whoever they are told about first. One statement. */
export async function listUnsettled(
  db: TenantDb,
  input: Readonly<{ courseId: string; limit: number }>,
): Promise<{ userId: string; locale: string; completedAt: Date }[]> {
  return rows(
    db,
    sql`select e."userId", coalesce(u.locale, t.locale) as locale, e."completedAt" from "Enrollment" e
      join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null
      join "Course" c on c."tenantId" = e."tenantId" and c.id = e."courseId" and c."deletedAt" is null
      join "Tenant" t on t.id = e."tenantId"
      where e."tenantId" = ${db.tenantId} and e."courseId" = ${input.courseId} and e."completedAt" is not null
        and not exists (select from "Certificate" x
          where x."tenantId" = e."tenantId" and x."userId" = e."userId" and x."courseId" = e."courseId")
      order by e.id limit ${input.limit}`,
  )
}

type CertificateRow = CertificateCard & { id: string; issuedAt: Date }

/** One page of a person's certificates, the newest first. One statement. */
export async function listCertificates(
  db: TenantDb,
  input: Readonly<{ userId: string; cursor: Cursor | null; limit: number }>,
): Promise<Page<CertificateRow>> {
  const { userId, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`c."issuedAt"`, sql`c.id`)
  const found = await rows<CertificateRow>(
    db,
    sql`select c.id, c.code, c."courseTitle", c."instructorName", c."completedAt", c."issuedAt",
        c."revokedAt" is not null as revoked
      from "Certificate" c where c."tenantId" = ${db.tenantId} and c."userId" = ${userId} ${where}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.issuedAt)
}

/**
 * The certificate behind a code; null when this school gave out none such. `own`: it is the reader's. One statement.
 * @param readerId null: a visitor's
 */
export async function findCertificate(
  db: TenantDb,
  code: string,
  readerId: string | null = null,
): Promise<(PublicCertificate & { own: boolean }) | null> {
  return firstRow<PublicCertificate & { own: boolean }>(
    db,
    sql`select code, "learnerName", "courseTitle", "instructorName", "completedAt", "issuedAt", "revokedAt",
        coalesce("userId" = ${readerId}::text, false) as own
      from "Certificate" where "tenantId" = ${db.tenantId} and code = ${code}`,
  )
}

/** The same, when it is that person's own and stands. @throws AppError 'not_found' */
export async function getOwnCertificate(
  db: TenantDb,
  input: Readonly<{ userId: string; code: string }>,
): Promise<PublicCertificate> {
  return oneRow<PublicCertificate>(
    db,
    sql`select code, "learnerName", "courseTitle", "instructorName", "completedAt", "issuedAt", "revokedAt"
      from "Certificate" where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and code = ${input.code}
        and "revokedAt" is null`,
    'certificate',
  )
}

type CourseCertificateRow = HeldCertificate & { id: string; issuedAt: Date }

/** One page of a course's certificates, the newest first; also of those who have left the course. One statement. */
export async function listCourseCertificates(
  db: TenantDb,
  input: Readonly<{ courseId: string; cursor: Cursor | null; limit: number }>,
): Promise<Page<CourseCertificateRow>> {
  const { courseId, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`x."issuedAt"`, sql`x.id`)
  const found = await rows<CourseCertificateRow>(
    db,
    sql`select x.id, x."userId", u.name, u.email, x."completedAt", x."issuedAt", x."revokedAt" from "Certificate" x
      join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId" and c."deletedAt" is null
      join "User" u on u."tenantId" = x."tenantId" and u.id = x."userId" and u."deletedAt" is null
      where x."tenantId" = ${db.tenantId} and x."courseId" = ${courseId} ${where}
      order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.issuedAt)
}

/**
 * Revokes somebody's certificate of a course, or lets it stand again. Done twice it is done once, at its first moment.
 * @returns the certificate's id, where this call changed it; else null
 * @throws AppError 'not_found' when there is no such certificate of this course
 */
export async function setRevoked(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string; revoked: boolean }>,
): Promise<string | null> {
  const { userId, courseId, revoked } = input
  const changed = await firstRow<{ id: string }>(
    db,
    sql`update "Certificate" set "revokedAt" = case when ${revoked}::boolean then now() end
      where "tenantId" = ${db.tenantId} and "courseId" = ${courseId} and "userId" = ${userId}
        and ("revokedAt" is null) = ${revoked}::boolean returning id`,
  )
  if (changed !== null) return changed.id
  await oneRow(
    db,
    sql`select id from "Certificate"
      where "tenantId" = ${db.tenantId} and "courseId" = ${courseId} and "userId" = ${userId}`,
    'certificate',
  )
  return null
}
