import 'server-only'
import pg from 'pg'
import { config, type Connection } from '#lib/config'

/** Thrown when a connection could pass the walls between schools; nothing may be served over it. */
export class UnsafeRoleError extends Error {}

const WHO = `select r.rolsuper as superuser, r.rolbypassrls as bypass,
  exists (select 1 from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and pg_has_role(r.oid, c.relowner, 'MEMBER')) as owner, r.rolname as role
  from pg_roles r where r.rolname = current_user`

type Who = { superuser: boolean; bypass: boolean; owner: boolean; role: string }

/**
 * Refuses a connection whose role is not subject to row-level security.
 * @throws UnsafeRoleError naming what is wrong with the role.
 */
export async function assertRoleIsWalled(client: pg.ClientBase): Promise<void> {
  const who = (await client.query<Who>(WHO)).rows[0]
  if (who === undefined) throw new UnsafeRoleError('The database role of this connection is unknown.')
  const fault = who.superuser
    ? 'is a superuser'
    : who.bypass
      ? 'has BYPASSRLS'
      : who.owner
        ? 'owns the tables'
        : null
  if (fault !== null) {
    throw new UnsafeRoleError(
      `The database role "${who.role}" ${fault}, so it would see every school. Use a plain LOGIN role.`,
    )
  }
}

function makePool({ url, assumeRole }: Connection, poolSize: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    ...(assumeRole === null ? {} : { options: `-c role=${assumeRole}` }),
    max: poolSize,
    connectionTimeoutMillis: 2_000,
    // The server ends a slow statement after 5 s; this ends the wait for a network that has gone silent.
    query_timeout: 6_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // A statement may be sent behind another one's; see inUnit.
    pipeline: true,
    application_name: 'smartlms',
    verify: (client, done) => {
      assertRoleIsWalled(client).then(() => done(), done)
    },
  })
  // Without a listener, a connection that the server closes would end the process: the pool listens for the idle
  // ones alone, so those in use get a listener of their own. Their next statement fails and says so.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}

type Pools = { app?: pg.Pool; platform?: pg.Pool }
const store = globalThis as typeof globalThis & { smartlmsPools?: Pools }

function pools(): Pools {
  store.smartlmsPools ??= {}
  return store.smartlmsPools
}

/** Connections of the app's role: they see nothing until a unit of work names its school. */
export function appPool(): pg.Pool {
  return (pools().app ??= makePool(config().database.app, config().database.poolSize))
}

/** Connections of the platform's role: the Tenant table and the platform's own rows, no school's content. */
export function platformPool(): pg.Pool {
  return (pools().platform ??= makePool(
    config().database.platform,
    Math.max(2, Math.ceil(config().database.poolSize / 2)),
  ))
}

/** Ends all connections (tests, scripts, shutdown). */
export async function closePools(): Promise<void> {
  const { app, platform } = pools()
  delete store.smartlmsPools
  await Promise.all([app?.end(), platform?.end()])
}
