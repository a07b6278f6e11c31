import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { withClient } from '../launcher/connect.mts'
import { parseDatabaseUrl, withLogin } from '../launcher/database-url.mts'
import { startEmbedded, type Server } from '../launcher/embedded.mts'
import { Failure } from '../launcher/failure.mts'
import { ensureLogins, type Logins } from '../launcher/logins.mts'
import { migrate, PRISMA, prismaEnvironment, type Owner } from '../launcher/prepare.mts'
import { dataPath } from '../launcher/paths.mts'
import type { Session } from '../launcher/session.mts'
import { makeRowsWorld } from './rows-world.mts'

export type BenchDatabase = Readonly<{
  owner: Owner
  logins: Logins
  /** `PostgreSQL 18.4`, and the settings that differ from the demo's. */
  version: string
  stop: () => Promise<void>
}>

/** Where the pictures and films of the lessons go. */
export const STORAGE = dataPath('bench', 'storage')

/** As a careful installation runs it: nothing is faster here than it would be with data that matter. */
const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track_utility': 'off',
  'pg_stat_statements.track_planning': 'on',
}

/** A throw-away server with the demo world, the two schools of other lengths, and the large world. @throws Failure */
export async function openBenchDatabase(session: Session, scale: string): Promise<BenchDatabase> {
  const server = await session.step('Starting a throw-away database', () =>
    startEmbedded({ settings: SETTINGS }),
  )
  try {
    return await fill(session, server, scale)
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function fill(session: Session, server: Server, scale: string): Promise<BenchDatabase> {
  const url = new URL(server.url)
  url.pathname = '/bench'
  const owner: Owner = { url: url.href, local: true }
  await withClient(parseDatabaseUrl(server.url, 'DATABASE_URL'), (client) =>
    client.query('create database bench'),
  )
  await migrate(session, owner)
  const login = (name: string): string => withLogin(owner.url, name, randomBytes(12).toString('hex'))
  const logins = {
    appDatabaseUrl: login('bench_app'),
    platformDatabaseUrl: login('bench_platform'),
    workerDatabaseUrl: login('bench_worker'),
  }
  if (!(await ensureLogins(owner.url, logins)))
    throw new Failure('The login roles of the benchmark do not work.')
  const env = { ...prismaEnvironment(owner, true), STORAGE_DIR: STORAGE }
  await session.step(`Making the demo world and the large one (${scale})`, () =>
    session.tool(
      'bench-seed',
      PRISMA,
      ['db', 'seed', '--', '--scale', scale],
      env,
      'The worlds could not be made.',
    ),
  )
  const version = await session.step('Counting and analysing the rows', () =>
    withClient(parseDatabaseUrl(owner.url, 'DATABASE_URL'), async (client) => {
      await client.query('create extension pg_stat_statements')
      await makeRowsWorld(client)
      await client.query('vacuum analyze')
      const result = await client.query<{ version: string }>(
        `select current_setting('server_version') as version`,
      )
      return `${result.rows[0]?.version ?? ''}, fsync on, 128 MB shared buffers`
    }),
  )
  return { owner, logins, version, stop: server.stop }
}

/** A connection; the caller ends it. */
export async function open(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
}
