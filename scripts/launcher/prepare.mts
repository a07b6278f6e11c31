import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Client, escapeIdentifier } from 'pg'
import { checkRights } from './check-server.mts'
import type { Environment } from './child.mts'
import { withClient } from './connect.mts'
import { parseDatabaseUrl, type Target } from './database-url.mts'
import { baseEnvironment } from './environment.mts'
import { Failure } from './failure.mts'
import { writePrivate } from './files.mts'
import { fingerprint } from './fingerprint.mts'
import { withLock } from './lock.mts'
import { markSeeded, migrationState, type MigrationState } from './migrations.mts'
import { dataPath, ROOT } from './paths.mts'
import { migrateQueue, queueIsMade } from './queue.mts'
import type { Session } from './session.mts'

// What has to be true before the product can be served, each made true only where it is not.

export const PRISMA = 'prisma/build/index.js'

/** An owner's address, and whether the database is ours to make anew. */
export type Owner = Readonly<{ url: string; local: boolean }>

export function prismaEnvironment(owner: Owner | undefined, demo: boolean): Environment {
  return {
    ...baseEnvironment(),
    ...(owner ? { DATABASE_URL: owner.url } : {}),
    ...(demo ? { SMARTLMS_DEMO: '1' } : {}),
  }
}

/** Runs `work` while no other command of this folder prepares anything. */
function alone<T>(session: Session, work: () => Promise<T>): Promise<T> {
  return withLock('prepare', work, () =>
    session.progress.note('Another command of this folder is at work; waiting for it.'),
  )
}

/** The Prisma client, when schema.prisma or Prisma itself changed since. @throws Failure */
export function generateClient(session: Session): Promise<void> {
  return alone(session, async () => {
    const stamp = dataPath('stamps', 'client')
    const schema = path.join('prisma', 'schema.prisma')
    const wanted = fingerprint([schema, 'node_modules/prisma/package.json'])
    const output = /output\s*=\s*"([^"]+)"/.exec(readFileSync(path.join(ROOT, schema), 'utf8'))?.[1]
    const made = output === undefined || existsSync(path.join(ROOT, 'prisma', output, 'client.ts'))
    if (made && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
    await session.step('Generating the Prisma client', () =>
      session.tool(
        'generate',
        PRISMA,
        ['generate'],
        prismaEnvironment(undefined, false),
        'The Prisma client could not be generated.',
      ),
    )
    writePrivate(stamp, wanted)
  })
}

/** Applies the migrations that are missing. @throws Failure */
export function migrate(session: Session, owner: Owner): Promise<void> {
  return alone(session, async () => {
    const target = parseDatabaseUrl(owner.url, 'DATABASE_URL')
    const state = await withClient(target, migrationState)
    if (state.edited.length > 0) {
      session.progress.note(
        `Migrations were edited after they were applied (${state.edited.join(', ')}): "npm run db:reset" makes the database anew.`,
      )
    }
    if (state.pending.length > 0) {
      await withClient(target, (client) => checkRights(client, target))
      await session.step(`Applying ${count(state.pending.length, 'migration')}`, () =>
        deploy(session, owner, target, state),
      )
    }
    await session.race(migrateQueue(owner.url))
  })
}

async function deploy(session: Session, owner: Owner, target: Target, state: MigrationState): Promise<void> {
  const env = prismaEnvironment(owner, false)
  const apply = (): Promise<void> =>
    session.tool('migrate', PRISMA, ['migrate', 'deploy'], env, 'The migrations could not be applied.')
  await takeBack(session, owner, state)
  try {
    await apply()
  } catch (error) {
    // Cut short between its last statement and its mark, on a database that never got to hold anything.
    if (!owner.local || state.interrupted.length === 0 || state.seeded !== undefined || session.stopping)
      throw error
    await withClient(target, (client) => makeAnew(client, target.database), 'postgres')
    await apply()
  }
}

/**
 * A migration is one transaction, so that one cut short left nothing but its mark, which blocks all later ones. The
 * same holds for one whose SQL failed; on a server of the person's own Prisma's question about it is left standing.
 *
 * @throws Failure
 */
export async function takeBack(session: Session, owner: Owner, state: MigrationState): Promise<void> {
  const env = prismaEnvironment(owner, false)
  for (const name of owner.local ? [...state.interrupted, ...state.failed] : state.interrupted) {
    await session.tool(
      'migrate',
      PRISMA,
      ['migrate', 'resolve', '--rolled-back', name],
      env,
      `The interrupted migration ${name} could not be taken back.`,
    )
  }
}

async function makeAnew(client: Client, database: string): Promise<void> {
  await client.query(`DROP DATABASE ${escapeIdentifier(database)} WITH (FORCE)`)
  await client.query(`CREATE DATABASE ${escapeIdentifier(database)}`)
}

/** What the demo world is made from. */
export function seedFingerprint(): string {
  return fingerprint(['prisma/seed.ts', 'prisma/seed', 'prisma/migrations'])
}

/** The demo world, when the database does not hold it yet or its sources changed. @throws Failure */
export function seed(session: Session, owner: Owner): Promise<void> {
  return alone(session, async () => {
    const target = parseDatabaseUrl(owner.url, 'DATABASE_URL')
    const wanted = seedFingerprint()
    if ((await withClient(target, migrationState)).seeded === wanted) return
    await session.step('Filling in the demo world', () =>
      session.tool(
        'seed',
        PRISMA,
        ['db', 'seed'],
        prismaEnvironment(owner, true),
        'The demo world could not be filled in.',
      ),
    )
    await withClient(target, (client) => markSeeded(client, wanted))
  })
}

/** Refuses to serve a database that lacks migrations. @throws Failure */
export async function requireMigrated(owner: Owner): Promise<void> {
  const { pending, queue } = await withClient(
    parseDatabaseUrl(owner.url, 'DATABASE_URL'),
    async (client) => ({
      pending: (await migrationState(client)).pending,
      queue: await queueIsMade(client),
    }),
  )
  if (pending.length === 0 && queue) return
  const lacking = pending.length === 0 ? 'the tables of the queue' : count(pending.length, 'migration')
  throw new Failure(`The database lacks ${lacking}: run "npm run db:deploy" first.`)
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`
}
