import { createHash, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { readSession } from '#lib/db/queries/sessions'
import { readStandings } from '#lib/db/queries/people'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { AppError, type ErrorCode, type FieldErrors } from '#lib/errors'
import { standingOf } from '#lib/people/acting'
import type { Inviting } from '#lib/people/inviting'

/** The code that work is refused with; 'done' when it isn't. */
export async function codeOf(work: Promise<unknown>): Promise<ErrorCode | 'done'> {
  return work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof AppError) return error.code
      throw error
    },
  )
}

/** The texts that work is refused with. */
export async function fieldsOf(work: Promise<unknown>): Promise<FieldErrors> {
  return work.then(
    () => ({}),
    (error: unknown) => {
      if (error instanceof AppError) return error.fields
      throw error
    },
  )
}

/** Somebody of the school as the builders hand them to a use-case: their permissions read in this transaction. */
export async function by(db: TenantDb, actorId: string): Promise<Inviting> {
  const [row] = await readStandings(db, [actorId])
  if (row === undefined) throw new Error(`No such person: ${actorId}`)
  return { actorId, held: standingOf(row).permissions, locale: 'en' }
}

/** Runs a use-case as somebody of a school. */
export function as<T>(
  tenantId: string,
  actorId: string,
  work: (db: TenantDb, who: Inviting) => Promise<T>,
): Promise<T> {
  return withTenant(tenantId, async (db) => work(db, await by(db, actorId)))
}

/** Makes a custom role. */
export async function makeRole(
  owner: Pool,
  tenantId: string,
  id: string,
  permissions: readonly string[],
): Promise<string> {
  await owner.query(
    `INSERT INTO "Role" (id, "tenantId", name, permissions) VALUES ($1, $2, 'Role ' || $1, $3::jsonb)`,
    [id, tenantId, JSON.stringify(permissions)],
  )
  return id
}

export async function giveRole(owner: Pool, tenantId: string, userId: string, roleId: string): Promise<void> {
  await owner.query(`INSERT INTO "RoleAssignment" ("tenantId", "userId", "roleId") VALUES ($1, $2, $3)`, [
    tenantId,
    userId,
    roleId,
  ])
}

/** Signs somebody in. @returns the hash of their cookie */
export async function makeSession(owner: Pool, tenantId: string, userId: string): Promise<string> {
  const hash = createHash('sha256').update(randomBytes(16)).digest('hex')
  await owner.query(
    `INSERT INTO "Session" ("tenantId", "userId", "tokenHash", method, "expiresAt") VALUES ($1, $2, $3, 'password', '2099-01-01Z')`,
    [tenantId, userId, hash],
  )
  return hash
}

/** Whether a cookie still opens the school. */
export async function signedIn(tenantId: string, hash: string): Promise<boolean> {
  return (await withTenant(tenantId, (db) => readSession(db, hash))) !== null
}

/** Kinds and payloads of what was told, in order. */
export async function told(owner: Pool, tenantId: string): Promise<{ kind: string; payload: unknown }[]> {
  const found = await owner.query<{ kind: string; payload: unknown }>(
    `SELECT kind, payload FROM "Outbox" WHERE "tenantId" = $1 ORDER BY "createdAt", id`,
    [tenantId],
  )
  return found.rows
}
