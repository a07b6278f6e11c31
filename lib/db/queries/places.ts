import 'server-only'
import { AppError } from '#lib/errors'
import { firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'

/** Places that a plan limits. Whoever wants one stands in line, so that fifty at once don't take the last one twice. */

/** Makes this transaction the only one that takes places of a kind in this school, until it ends. */
async function standInLine(db: TenantDb, kind: string): Promise<void> {
  await firstRow(db, sql`select pg_advisory_xact_lock(hashtextextended(${`${kind}/${db.tenantId}`}, 0))`)
}

/** The line that people's places, and letters to people who have none yet, are counted in. */
export async function holdPlaces(db: TenantDb): Promise<void> {
  await standInLine(db, 'people')
}

/** People of the school, and invitations that would become some; counting stops one above `most`. */
export async function countPlaces(db: TenantDb, most: number): Promise<number> {
  const row = await firstRow<{ count: number }>(
    db,
    sql`select ((select count(*) from (select 1 from "User" where "tenantId" = ${db.tenantId} and "deletedAt" is null limit ${most + 1}) u)
      + (select count(*) from (select 1 from "Invitation" where "tenantId" = ${db.tenantId} and "acceptedAt" is null
          and "revokedAt" is null and "expiresAt" > now() and "invitedById" is not null limit ${most + 1}) i))::int as count`,
  )
  return row?.count ?? 0
}

/**
 * Takes places for people (or invitations) that this transaction is about to add. Call it before adding them.
 * @param limit of the school's plan @returns how many were taken before
 * @throws AppError 'limit_reached'
 */
export async function takePlaces(
  db: TenantDb,
  input: Readonly<{ wanted: number; limit: number }>,
): Promise<number> {
  const { wanted, limit } = input
  await holdPlaces(db)
  const taken = await countPlaces(db, limit)
  if (taken + wanted > limit) throw new AppError('limit_reached', `The plan allows ${String(limit)} people.`)
  return taken
}

/** Letters about a limit go to so many administrators at most. */
const TOLD = 20

/** The school's administrators who may sign in. */
export async function administrators(db: TenantDb): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from "User" where "tenantId" = ${db.tenantId} and role = 'ADMIN' and "deletedAt" is null and "disabledAt" is null
      order by "createdAt", id limit ${TOLD}`,
  )
  return found.map(({ id }) => id)
}
