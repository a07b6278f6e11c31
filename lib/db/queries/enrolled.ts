import 'server-only'
import { rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { oneRow } from './changes'

/** Single people of a course, for whoever gives them something. Whether the course is one's own has been asked before. */

export type EnrolledName = { userId: string; name: string; email: string }

/** Enrolled people whose name or address holds the words, by name. */
export async function findEnrolled(
  db: TenantDb,
  input: Readonly<{ courseId: string; q: string; limit: number }>,
): Promise<EnrolledName[]> {
  const { courseId, q, limit } = input
  return rows(
    db,
    sql`select u.id as "userId", u.name, u.email from "Enrollment" e
      join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null
      where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId}
        and (strpos(lower(u.name), lower(${q})) > 0 or strpos(lower(u.email), lower(${q})) > 0)
      order by u.name, u.id limit ${limit}`,
  )
}

/**
 * Somebody who is enrolled in the course. @param input.lock as starting an exam and handing in lock them: what
 * begins meanwhile has what they are given, or is there to be lengthened @throws AppError 'not_found'
 */
export async function getEnrolled(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string; lock: boolean }>,
): Promise<EnrolledName> {
  return oneRow(
    db,
    sql`select u.id as "userId", u.name, u.email from "Enrollment" e
      join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null
      where e."tenantId" = ${db.tenantId} and e."courseId" = ${input.courseId} and e."userId" = ${input.userId} 
        ${input.lock ? sql`for no key update of e` : sql``}`,
    'enrolled person',
  )
}
