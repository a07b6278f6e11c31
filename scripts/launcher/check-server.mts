import { type Client, escapeIdentifier } from 'pg'
import { DatabaseMissing, withClient } from './connect.mts'
import type { Target } from './database-url.mts'
import { Failure, field } from './failure.mts'

const OLDEST = 15

/** Checks `server_version_num`, such as 150018. @throws Failure when the server is older than PostgreSQL 15 */
export function checkVersion(version: number, place: string): void {
  if (version >= OLDEST * 10000) return
  const name = version >= 100000 ? String(Math.floor(version / 10000)) : (version / 10000).toFixed(1)
  throw new Failure(
    `The database server at ${place} is PostgreSQL ${name}, and SmartLMS needs ${OLDEST} or later: upgrade it, or leave DATABASE_URL unset to use the embedded one.`,
  )
}

/** Makes sure that a server is there, is new enough and has the database, which is made when it is missing. @throws Failure */
export async function checkServer(target: Target): Promise<void> {
  try {
    await withClient(target, (client) => versionOf(client, target))
  } catch (error) {
    if (!(error instanceof DatabaseMissing)) throw error
    await createDatabase(target, error)
  }
}

async function versionOf(client: Client, target: Target): Promise<void> {
  const result = await client.query<{ version: string }>(
    `SELECT current_setting('server_version_num') AS version`,
  )
  checkVersion(Number(result.rows[0]?.version ?? 0), target.place)
}

/** @param missing thrown when there is no database to create one from, or no right to */
async function createDatabase(target: Target, missing: DatabaseMissing): Promise<void> {
  const work = async (client: Client): Promise<void> => {
    await versionOf(client, target)
    try {
      await client.query(`CREATE DATABASE ${escapeIdentifier(target.database)}`)
    } catch (error) {
      const code = field(error, 'code')
      if (code === '42501') {
        throw new Failure(
          `The database "${target.database}" does not exist at ${target.place} and user "${target.user}" may not create it: have it created with that user as its owner.`,
        )
      }
      // Somebody else made it between the look and the act.
      if (code !== '42P04' && code !== '23505') throw error
    }
  }
  try {
    await withClient(target, work, 'postgres')
  } catch (error) {
    throw error instanceof DatabaseMissing ? missing : error
  }
}

const RIGHTS = `
  SELECT current_user AS "user",
    (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) AS "mayCreateRoles",
    (SELECT count(*) = 3 FROM pg_roles WHERE rolname IN ('smartlms_app', 'smartlms_platform', 'smartlms_worker')) AS "rolesExist",
    has_schema_privilege('public', 'CREATE') AS "mayCreateTables"`

type Rights = { user: string; mayCreateRoles: boolean; rolesExist: boolean; mayCreateTables: boolean }

/** Checks, before migrations run, that they will be allowed what they do. @throws Failure that names the missing right */
export async function checkRights(client: Client, target: Target): Promise<void> {
  const rights = (await client.query<Rights>(RIGHTS)).rows[0]
  if (!rights) return
  if (!rights.mayCreateTables) {
    throw new Failure(
      `User "${rights.user}" may not create tables in the database "${target.database}" at ${target.place}: make that user its owner.`,
    )
  }
  if (!rights.rolesExist && !rights.mayCreateRoles) {
    throw new Failure(
      `User "${rights.user}" may not create roles at ${target.place}: give it CREATEROLE, or have an administrator run: CREATE ROLE smartlms_app; CREATE ROLE smartlms_platform; CREATE ROLE smartlms_worker; GRANT smartlms_app, smartlms_platform, smartlms_worker TO ${escapeIdentifier(rights.user)}`,
    )
  }
}
