import { createInterface } from 'node:readline/promises'
import { checkRights } from './launcher/check-server.mts'
import { ensureLogins } from './launcher/logins.mts'
import { openDatabase, type Database } from './launcher/databases.mts'
import { variable } from './launcher/environment.mts'
import { Failure, Stopped } from './launcher/failure.mts'
import { savedDatabase } from './launcher/local-database.mts'
import { markSeeded, migrationState } from './launcher/migrations.mts'
import {
  generateClient,
  PRISMA,
  prismaEnvironment,
  requireMigrated,
  seedFingerprint,
  takeBack,
} from './launcher/prepare.mts'
import { parseDatabaseUrl } from './launcher/database-url.mts'
import { migrateQueue } from './launcher/queue.mts'
import { withClient } from './launcher/connect.mts'
import { run } from './launcher/run.mts'
import type { Session } from './launcher/session.mts'

// npm run db:*: Prisma's own commands on the person's server, or on the embedded one, started for as long as they run.

const COMMANDS = 'generate, migrate, deploy, seed, reset, studio, up, url'

/** Runs Prisma in this terminal on a database that is up. @returns its exit code */
function prisma(session: Session, database: Database, args: readonly string[]): Promise<number> {
  return session.foreground(PRISMA, args, prismaEnvironment(database, database.local))
}

/** New tables, or a new database: the queue's own, and the embedded server's login roles for them. */
async function afterMigration(database: Database): Promise<void> {
  await migrateQueue(database.url)
  if (database.local && database.logins) await ensureLogins(database.url, database.logins)
}

async function seed(session: Session, database: Database, args: readonly string[]): Promise<number> {
  await requireMigrated(database)
  await generateClient(session)
  const code = await prisma(session, database, ['db', 'seed', ...(args.length > 0 ? ['--', ...args] : [])])
  if (code === 0 && args.length === 0) {
    const target = parseDatabaseUrl(database.url, 'DATABASE_URL')
    await withClient(target, (client) => markSeeded(client, seedFingerprint()))
  }
  return code
}

async function reset(session: Session, database: Database, args: readonly string[]): Promise<number> {
  const sure = new Set(['--force', '-f', '--yes', '-y'])
  if (!args.some((arg) => sure.has(arg))) await confirmReset(session, database)
  const rest = args.filter((arg) => !sure.has(arg))
  const code = await prisma(session, database, ['migrate', 'reset', '--force', ...rest])
  if (code !== 0) return code
  await afterMigration(database)
  return seed(session, database, [])
}

/** @throws Failure without a terminal to ask in; Stopped when the answer is not yes */
async function confirmReset(session: Session, database: Database): Promise<void> {
  const { place, database: name } = parseDatabaseUrl(database.url, 'DATABASE_URL')
  if (!process.stdin.isTTY) {
    throw new Failure(
      `This deletes everything in the database "${name}" at ${place}: add --force if that is meant ("npm run db:reset -- --force").`,
    )
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await session.race(
    terminal.question(`Delete everything in the database "${name}" at ${place}? (yes/no) `),
  )
  terminal.close()
  if (!/^y(es)?$/i.test(answer.trim())) throw new Stopped()
}

async function migrate(
  session: Session,
  database: Database,
  how: 'deploy' | 'dev',
  args: readonly string[],
): Promise<number> {
  const target = parseDatabaseUrl(database.url, 'DATABASE_URL')
  const state = await withClient(target, async (client) => {
    await checkRights(client, target)
    return migrationState(client)
  })
  await takeBack(session, database, state)
  const code = await prisma(session, database, ['migrate', how, ...args])
  if (code === 0) await afterMigration(database)
  return code
}

async function withDatabase(session: Session, name: string, args: readonly string[]): Promise<number> {
  const database = await openDatabase(session)
  switch (name) {
    case 'seed':
      return seed(session, database, args)
    case 'reset':
      return reset(session, database, args)
    case 'studio':
      session.served = true
      return prisma(session, database, ['studio', ...args])
    case 'up': {
      session.served = true
      const { place } = parseDatabaseUrl(database.url, 'DATABASE_URL')
      session.progress.note(
        `The database runs at ${place} until Ctrl-C. "npm run db:url" prints its address.`,
      )
      return session.untilStopped()
    }
    default:
      return migrate(session, database, name === 'deploy' ? 'deploy' : 'dev', args)
  }
}

/** Prints the address for other tools. @throws Failure when there is none yet */
function printUrl(): number {
  const url = variable('DATABASE_URL') ?? savedDatabase()?.databaseUrl
  if (url === undefined)
    throw new Failure('There is no database yet: run "npm run demo" or "npm run dev" once.')
  process.stdout.write(`${url}\n`)
  return 0
}

const [name = '', ...given] = process.argv.slice(2)
// npm takes the first `--` away, a person who calls this directly may write it.
const args = given[0] === '--' ? given.slice(1) : given

await run(`npm run db:${name}`, async (session) => {
  switch (name) {
    case 'generate':
      return session.foreground(PRISMA, ['generate', ...args], prismaEnvironment(undefined, false))
    case 'url':
      return printUrl()
    case 'migrate':
    case 'deploy':
    case 'seed':
    case 'reset':
    case 'studio':
    case 'up':
      return withDatabase(session, name, args)
    default:
      throw new Failure(`"${name}" is no database command: use one of ${COMMANDS}.`)
  }
})
