import { hkdfSync, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Environment } from './child.mts'
import { Failure } from './failure.mts'
import { writePrivate } from './files.mts'
import { portProblem } from './free-port.mts'
import { withLock } from './lock.mts'
import { others, reapOrphans } from './members.mts'
import { dataPath, makeDataFolders, ROOT } from './paths.mts'

/** A variable's value; undefined when it is unset or empty. */
export function variable(name: string): string | undefined {
  const value = process.env[name]?.trim()
  return value === undefined || value === '' ? undefined : value
}

export function isDemo(): boolean {
  return /^(1|true)$/i.test(variable('SMARTLMS_DEMO') ?? '')
}

/** What every tool and server gets: ours, and no messages to strangers. */
export function baseEnvironment(): Environment {
  return {
    ...process.env,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

/** PORT, 3000 when unset. @throws Failure when it is no port */
export function portFromEnvironment(): number {
  const text = variable('PORT') ?? '3000'
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new Failure(`PORT is "${text}", which is no port: set it to a number between 1 and 65535.`)
}

/** Checks that the web server will be able to listen, before anything that takes long. @throws Failure */
export async function checkPort(port: number): Promise<void> {
  makeDataFolders()
  // A web server whose launcher was killed still holds its port.
  await withLock('database', reapOrphans)
  const ours = others().find((member) => member.port === port)
  if (ours) {
    throw new Failure(
      `Port ${port} is used by "${ours.command}" of this folder (process ${ours.pid}): stop that, or start with another one such as PORT=${port + 1}.`,
    )
  }
  for (const host of ['::', '0.0.0.0', '127.0.0.1', '::1']) {
    const problem = await portProblem(port, host)
    if (problem === 'EADDRINUSE') {
      throw new Failure(
        `Port ${port} is in use: stop the program that uses it, or start with another one such as PORT=${port + 1}.`,
      )
    }
    if (problem === 'EACCES' || problem === 'EPERM') {
      throw new Failure(`You may not listen on port ${port}: start with one above 1023 such as PORT=3000.`)
    }
    // Anything else: a machine without IPv6 has no such address.
  }
}

const SECRET_LENGTH = 32

/**
 * SMARTLMS_SECRET. The demo makes one and keeps it.
 *
 * @throws Failure outside the demo when it is missing or too short
 */
export function secret(demo: boolean): string {
  const given = variable('SMARTLMS_SECRET')
  if (given !== undefined && given.length >= SECRET_LENGTH) return given
  if (given !== undefined)
    throw new Failure(
      `SMARTLMS_SECRET is too short: use at least ${SECRET_LENGTH} characters, such as the output of "openssl rand -hex 32".`,
    )
  if (!demo) {
    throw new Failure(
      `SMARTLMS_SECRET is not set: production needs one of at least ${SECRET_LENGTH} characters, such as the output of "openssl rand -hex 32".`,
    )
  }
  const file = dataPath('secret')
  try {
    const kept = readFileSync(file, 'utf8').trim()
    if (kept.length >= SECRET_LENGTH) return kept
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const made = randomBytes(32).toString('hex')
  writePrivate(file, `${made}\n`)
  return made
}

/** Two servers, or one before and after a new build, have to understand each other's forms. */
function actionsKey(from: string): string {
  return Buffer.from(hkdfSync('sha256', from, '', 'server-actions', 32)).toString('base64')
}

/** Addresses for the web server and the worker; an empty text stands for "none". */
export type DatabaseAddresses = Readonly<{
  owner: string
  app: string
  platform: string
  /** Of the worker's queue. Left out where no worker runs. */
  worker?: string
}>

type ServerOptions = Readonly<{
  addresses: DatabaseAddresses
  secret: string
  port: number
  demo: boolean
  mode: 'production' | 'development'
}>

/**
 * The web server's environment. It gets the owner's address only where there is no other: what it does not have,
 * nobody can make it use. Empty and not unset, because Next would read an unset one from `.env`.
 */
export function serverEnvironment(options: ServerOptions): Environment {
  const { addresses } = options
  const complete = addresses.app !== '' && addresses.platform !== ''
  return {
    ...baseEnvironment(),
    NODE_ENV: options.mode,
    PORT: String(options.port),
    DATABASE_URL: complete ? '' : addresses.owner,
    APP_DATABASE_URL: addresses.app,
    PLATFORM_DATABASE_URL: addresses.platform,
    WORKER_DATABASE_URL: '',
    SHADOW_DATABASE_URL: '',
    SMARTLMS_ROOT_DOMAIN: variable('SMARTLMS_ROOT_DOMAIN') ?? 'localhost',
    SMARTLMS_DEMO: options.demo ? '1' : '',
    SMARTLMS_SECRET: options.secret,
    STORAGE_DIR: path.resolve(ROOT, variable('STORAGE_DIR') ?? path.join('.data', 'storage')),
    MAIL_DIR: path.resolve(ROOT, variable('MAIL_DIR') ?? path.join('.data', 'mail')),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY:
      variable('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY') ?? actionsKey(options.secret),
  }
}

/**
 * The worker's environment: as the web server's, and the way to its queue. Without an address of its own it gets the
 * owner's, and switches to its role: the weaker way.
 */
export function workerEnvironment(options: ServerOptions): Environment {
  const { addresses } = options
  const complete = [addresses.app, addresses.platform, addresses.worker ?? ''].every((text) => text !== '')
  // The condition is the one that the code of the web server is made with; the bundle leaves packages to Node.
  const node = [process.env['NODE_OPTIONS'], '--conditions=react-server', '--enable-source-maps']
  return {
    ...serverEnvironment(options),
    DATABASE_URL: complete ? '' : addresses.owner,
    WORKER_DATABASE_URL: addresses.worker ?? '',
    NODE_OPTIONS: node.filter(Boolean).join(' '),
  }
}
