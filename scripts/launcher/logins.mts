import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { type Client, escapeIdentifier, escapeLiteral } from 'pg'
import { withClient } from './connect.mts'
import { parseDatabaseUrl, withLogin } from './database-url.mts'
import { field } from './failure.mts'
import { readJson, textIn, writePrivate } from './files.mts'
import { dataPath } from './paths.mts'
import { folderHash } from './pg-location.mts'
import { sleep } from './process-identity.mts'

/** Addresses of the LOGIN roles that the web server and the worker connect as. */
export type Logins = Readonly<{
  appDatabaseUrl: string
  platformDatabaseUrl: string
  /** Left out where no worker runs. */
  workerDatabaseUrl?: string
}>

/** Group roles that the migrations give rights to. */
const GROUPS = {
  appDatabaseUrl: 'smartlms_app',
  platformDatabaseUrl: 'smartlms_platform',
  workerDatabaseUrl: 'smartlms_worker',
} as const

const KEYS = ['appDatabaseUrl', 'platformDatabaseUrl', 'workerDatabaseUrl'] as const

/** Each address that there is, with its group. */
function pairs(logins: Logins): { url: string; group: string }[] {
  return KEYS.flatMap((key) => {
    const url = logins[key]
    return url === undefined ? [] : [{ url, group: GROUPS[key] }]
  })
}

/**
 * Makes sure that all addresses work: members of their group, and nothing more. Safe to call at every start and
 * from two processes at once.
 *
 * @param ownerUrl makes what is missing; without it nothing is made
 * @returns false when the owner may not make roles, or the new ones can't connect
 */
export async function ensureLogins(ownerUrl: string | undefined, logins: Logins): Promise<boolean> {
  if (await allWork(logins)) return true
  if (ownerUrl === undefined) return false
  try {
    await withClient(parseDatabaseUrl(ownerUrl, 'DATABASE_URL'), async (client) => {
      for (const { url: text, group } of pairs(logins)) {
        const url = new URL(text)
        await makeLogin(client, decodeURIComponent(url.username), decodeURIComponent(url.password), group)
      }
    })
  } catch (error) {
    // 42501: no right to; 0LP01: the group can't be granted by this user.
    if (field(error, 'code') === '42501' || field(error, 'code') === '0LP01') return false
    throw error
  }
  return allWork(logins)
}

async function allWork(logins: Logins): Promise<boolean> {
  const results = await Promise.all(pairs(logins).map(({ url, group }) => works(url, group)))
  return results.every(Boolean)
}

async function works(url: string, group: string): Promise<boolean> {
  try {
    return await withClient(parseDatabaseUrl(url, 'APP_DATABASE_URL'), async (client) => {
      const result = await client.query<{ ok: boolean }>(
        `SELECT pg_has_role($1, 'USAGE') AND NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb) AS ok FROM pg_roles WHERE rolname = current_user`,
        [group],
      )
      return result.rows[0]?.ok === true
    })
  } catch {
    return false
  }
}

const CREATED_BY_SOMEBODY_ELSE = new Set(['42710', '23505'])
/** XX000: "tuple concurrently updated", when two processes change the same role. */
const CONCURRENT = new Set(['XX000', '40001', '23505', '42710'])

async function makeLogin(client: Client, name: string, password: string, group: string): Promise<void> {
  const role = escapeIdentifier(name)
  for (let attempt = 1; ; attempt += 1) {
    try {
      await createRole(client, `CREATE ROLE ${escapeIdentifier(group)} NOLOGIN`)
      await createRole(client, `CREATE ROLE ${role} LOGIN`)
      // What else a role may have, a new one does not; naming it here would take the same right of the owner.
      await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${escapeLiteral(scramVerifier(password))}`)
      await client.query(`GRANT ${escapeIdentifier(group)} TO ${role}`)
      return
    } catch (error) {
      if (!CONCURRENT.has(field(error, 'code')) || attempt === 5) throw error
      await sleep(100 * attempt)
    }
  }
}

async function createRole(client: Client, statement: string): Promise<void> {
  const name = /CREATE ROLE "?([^" ]+)/.exec(statement)?.[1]
  const found = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name])
  if (found.rowCount !== 0) return
  try {
    await client.query(statement)
  } catch (error) {
    if (!CREATED_BY_SOMEBODY_ELSE.has(field(error, 'code'))) throw error
  }
}

/**
 * What PostgreSQL stores for a password (RFC 5803). Computed here, so that the password itself appears in no
 * statement and in no server's log.
 */
function scramVerifier(password: string): string {
  const iterations = 4096
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const stored = createHash('sha256')
    .update(createHmac('sha256', salted).update('Client Key').digest())
    .digest('base64')
  const server = createHmac('sha256', salted).update('Server Key').digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`
}

const LOGINS_FILE = dataPath('logins.json')

/** Logins for a server of the person's own: what was saved for that address, or new names that other folders don't use. */
export function externalLogins(ownerUrl: string): { logins: Logins; saved: boolean } {
  const all = readJson(LOGINS_FILE)
  const entry: unknown =
    typeof all === 'object' && all !== null ? Reflect.get(all, keyOf(ownerUrl)) : undefined
  const app = textIn(entry, 'appDatabaseUrl')
  const platform = textIn(entry, 'platformDatabaseUrl')
  const worker = textIn(entry, 'workerDatabaseUrl')
  const login = (name: string): string =>
    withLogin(
      ownerUrl,
      `${name}_login_${folderHash().slice(0, 8)}_${keyOf(ownerUrl).slice(0, 4)}`,
      randomBytes(18).toString('hex'),
    )
  return {
    logins: {
      appDatabaseUrl: app ?? login('smartlms_app'),
      platformDatabaseUrl: platform ?? login('smartlms_platform'),
      // A file of before there was a worker has none: its web server goes on with what it has.
      workerDatabaseUrl: worker ?? login('smartlms_worker'),
    },
    saved: app !== undefined && platform !== undefined && worker !== undefined,
  }
}

export function saveExternalLogins(ownerUrl: string, logins: Logins): void {
  const all = readJson(LOGINS_FILE)
  const entries = typeof all === 'object' && all !== null ? all : {}
  writePrivate(LOGINS_FILE, `${JSON.stringify({ ...entries, [keyOf(ownerUrl)]: logins }, null, 2)}\n`)
}

/** A file that is keyed by the address itself would hold the owner's password. */
function keyOf(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16)
}
