import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { type Server, startEmbedded } from '../launcher/embedded.mts'
import { freePort } from '../launcher/free-port.mts'
import { ensureLogins } from '../launcher/logins.mts'
import { ROOT } from '../launcher/paths.mts'
import { generateClient } from '../launcher/prepare.mts'
import { migrateQueue } from '../launcher/queue.mts'
import { sleep } from '../launcher/process-identity.mts'
import { Session } from '../launcher/session.mts'
import { build, NEXT } from '../launcher/web.mts'
import { WORKER } from '../launcher/worker.mts'

// The product as visitors meet it, on a database and in folders that nobody misses afterwards. For pictures and tests.

const exec = promisify(execFile)

export type World = Readonly<{
  server: Server
  /** Superuser, on the migrated database. */
  ownerUrl: string
  appUrl: string
  platformUrl: string
  /** Of the worker's queue. */
  workerUrl: string
  /** The file store. */
  storageDir: string
  /** Where letters go. */
  mailDir: string
  stop: () => Promise<void>
}>

function address(
  server: Server,
  database: string,
  login?: Readonly<{ user: string; password: string }>,
): string {
  const url = new URL(server.url)
  url.pathname = `/${database}`
  if (login !== undefined) Object.assign(url, { username: login.user, password: login.password })
  return url.href
}

function prisma(args: readonly string[], env: Readonly<Record<string, string>>): Promise<unknown> {
  const cli = path.join(ROOT, 'node_modules', 'prisma', 'build', 'index.js')
  return exec(process.execPath, [cli, ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      PATH: `${path.join(ROOT, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
      ...env,
    },
  })
}

/**
 * A migrated database of its own with the three login roles, and the demo world in it unless told otherwise.
 * @param seeded false for tables without a school
 */
export async function startWorld({ seeded }: Readonly<{ seeded: boolean }>): Promise<World> {
  // Whatever runs by itself would count as a change that a request made.
  const server = await startEmbedded({ settings: { autovacuum: 'off' } })
  const storageDir = mkdtempSync(path.join(tmpdir(), 'smartlms-files-'))
  const mailDir = mkdtempSync(path.join(tmpdir(), 'smartlms-mail-'))
  const stop = async (): Promise<void> => {
    await server.stop()
    for (const folder of [storageDir, mailDir]) rmSync(folder, { recursive: true, force: true })
  }
  try {
    const client = new Client({ connectionString: server.url })
    await client.connect()
    await client.query('CREATE DATABASE served')
    await client.end()
    const ownerUrl = address(server, 'served')
    const login = (user: string): string =>
      address(server, 'served', { user, password: randomBytes(12).toString('hex') })
    const logins = {
      appDatabaseUrl: login('served_app'),
      platformDatabaseUrl: login('served_platform'),
      workerDatabaseUrl: login('served_worker'),
    }
    await prisma(['migrate', 'deploy'], { DATABASE_URL: ownerUrl })
    await migrateQueue(ownerUrl)
    if (!(await ensureLogins(ownerUrl, logins))) throw new Error('The login roles could not be made.')
    if (seeded) {
      await prisma(['db', 'seed'], { DATABASE_URL: ownerUrl, SMARTLMS_DEMO: '1', STORAGE_DIR: storageDir })
    }
    return {
      server,
      ownerUrl,
      appUrl: logins.appDatabaseUrl,
      platformUrl: logins.platformDatabaseUrl,
      workerUrl: logins.workerDatabaseUrl,
      storageDir,
      mailDir,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Builds for production, unless the sources are those of the last build. @throws Failure */
export async function ensureBuild(): Promise<void> {
  const session = new Session('the tests')
  try {
    await generateClient(session)
    await build(session)
  } finally {
    await session.close()
  }
}

/** The product's variables for a world, with a secret of its own. */
export function environmentOf(world: World): Record<string, string> {
  return {
    DATABASE_URL: '',
    APP_DATABASE_URL: world.appUrl,
    PLATFORM_DATABASE_URL: world.platformUrl,
    SMARTLMS_DEMO: '1',
    SMARTLMS_SECRET: randomBytes(32).toString('hex'),
    STORAGE_DIR: world.storageDir,
    MAIL_DIR: world.mailDir,
  }
}

export type Web = Readonly<{
  port: number
  pid: number
  /** All that the process writes, one JSON object a line after the first few. */
  logFile: string
  stop: () => Promise<void>
  /** Exit code, once it has ended. */
  ended: Promise<number | null>
}>

/**
 * Starts the production server on a free port.
 * @param env laid over this process's environment
 * @param folder for its log
 */
export async function startWeb(env: Readonly<Record<string, string>>, folder: string): Promise<Web> {
  mkdirSync(folder, { recursive: true })
  const port = await freePort()
  const logFile = path.join(folder, `web-${port}.log`)
  const log = openSync(logFile, 'a')
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'node_modules', NEXT), 'start', '-p', String(port)],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        NEXT_TELEMETRY_DISABLED: '1',
        PORT: String(port),
        ...env,
        NODE_ENV: 'production',
      },
      stdio: ['ignore', log, log],
    },
  )
  closeSync(log)
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const stop = async (): Promise<void> => {
    process.off('exit', kill)
    child.kill('SIGTERM')
    if ((await Promise.race([ended, sleep(8_000).then(() => 'late')])) === 'late') child.kill('SIGKILL')
    await ended
  }
  return { port, pid: child.pid ?? 0, logFile, stop, ended }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path: '/healthz', timeout: 5_000 }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    asked.once('timeout', () => asked.destroy())
    asked.once('error', () => resolve(false))
    asked.end()
  })
}

/** Waits until the process answers at all, whatever its database does. @throws Error after a minute, or at its end */
export async function untilAlive(web: Web): Promise<void> {
  const { ended } = web
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    if (await answers(web.port)) return
    if ((await Promise.race([ended.then(() => 'over'), sleep(100)])) === 'over') break
  }
  throw new Error(`The web server did not start: see ${web.logFile}.`)
}

export type Running = Readonly<{
  pid: number
  /** All that the process writes, one JSON object a line. */
  logFile: string
  /** Without asking, as a crash would. */
  kill: () => Promise<void>
  stop: () => Promise<void>
  /** Exit code, once it has ended; null after a signal. */
  ended: Promise<number | null>
}>

/**
 * Starts one worker, which nobody starts again.
 * @param env as the web server's, the same secret included, and WORKER_DATABASE_URL (`world.workerUrl`); PORT is the
 *   web server's, for the links in letters
 * @param folder for its log
 * @param bundle the worker's file; the build's when left out
 */
export function startWorker(
  env: Readonly<Record<string, string>>,
  folder: string,
  bundle: string = WORKER,
): Running {
  mkdirSync(folder, { recursive: true })
  const logFile = path.join(folder, 'worker.log')
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, ['--conditions=react-server', '--enable-source-maps', bundle], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', ...env, NODE_ENV: 'production' },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const abandon = (): void => void child.kill('SIGKILL')
  process.once('exit', abandon)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const end = async (name: NodeJS.Signals): Promise<void> => {
    process.off('exit', abandon)
    child.kill(name)
    if ((await Promise.race([ended, sleep(8_000).then(() => 'late')])) === 'late') child.kill('SIGKILL')
    await ended
  }
  return {
    pid: child.pid ?? 0,
    logFile,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    ended,
  }
}
