import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { Failure, failureInOutput } from './failure.mts'
import { logTail, openLog, sizeOf } from './files.mts'
import type { Account } from './pg-account.mts'
import { serverEnvironment } from './pg-init.mts'
import { commandOf, signal, sleep, startOf, waitUntil } from './process-identity.mts'

export type ServerOptions = Readonly<{
  binDir: string
  dataDir: string
  account: Account
  port: number
  logFile: string
  settings: Readonly<Record<string, string | number>>
}>

/** Settings of every server we start. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: 100,
  shared_buffers: '128MB',
  password_encryption: 'scram-sha-256',
  // Compiling costs more than it saves on a page's short statements.
  jit: 'off',
}

/** Command line arguments of a server. */
export function serverArguments(options: Pick<ServerOptions, 'dataDir' | 'port' | 'settings'>): string[] {
  const settings = Object.entries({ ...SETTINGS, ...options.settings })
  return [
    '-D',
    options.dataDir,
    '-p',
    String(options.port),
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

/** Somebody else listens on that port; another one has to be chosen. */
export class PortTaken extends Error {}

const START_SECONDS = 120
const LEFTOVERS = /pre-existing shared memory block|lock file ".*" already exists|is being used by another/i

/**
 * Starts a server that outlives this process and waits until it accepts connections.
 *
 * @returns its pid
 * @throws PortTaken, or Failure when it does not start
 */
export async function startServerProcess(options: ServerOptions): Promise<number> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const from = sizeOf(options.logFile)
    const pid = await launch(options)
    if (pid !== undefined) return pid
    const lines = logTail(options.logFile, from, 20)
    const text = lines.join('\n')
    if (/could not bind|could not create any TCP\/IP sockets/.test(text)) throw new PortTaken()
    // Children of a server that was killed need a moment to notice.
    if (LEFTOVERS.test(text) && Date.now() < deadline) {
      await sleep(300)
      continue
    }
    throw (
      failureInOutput(text) ??
      new Failure(`The database did not start: see ${options.logFile}.`, lines.slice(-8))
    )
  }
}

/** @returns undefined when the server ended instead of getting ready */
async function launch(options: ServerOptions): Promise<number | undefined> {
  const log = openLog(options.logFile)
  let child: ChildProcess
  try {
    child = spawn(path.join(options.binDir, 'postgres'), serverArguments(options), {
      ...options.account,
      cwd: path.dirname(options.dataDir),
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', log, log],
    })
  } finally {
    closeSync(log)
  }
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined
  // Unheard, it would end this process; a child without a pid says the same.
  child.once('error', () => {})
  child.unref()
  await waitUntil(() => ended() || isReady(options.dataDir, child.pid), START_SECONDS * 1000, 20)
  if (ended() || child.pid === undefined) return undefined
  if (isReady(options.dataDir, child.pid)) return child.pid
  signal(child.pid, 'SIGQUIT')
  throw new Failure(`The database was not ready after ${START_SECONDS} s: see ${options.logFile}.`)
}

/** Lines of postmaster.pid: 1 the pid, 8 the state. */
function pidFile(dataDir: string): string[] {
  try {
    return readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function isReady(dataDir: string, pid: number | undefined): boolean {
  const lines = pidFile(dataDir)
  return pid !== undefined && Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

/** The server that says of itself that it is ready. Only reads: a starting server's pid file is empty for a moment. */
export function readyServer(dataDir: string): number | undefined {
  const pid = Number(pidFile(dataDir)[0])
  return isReady(dataDir, pid) ? pid : undefined
}

/**
 * The server that runs on these data, whoever started it. To be asked before a start, never while one is going on. A pid file whose pid belongs to another program by now
 * (after a reboot, in a new container) is removed: PostgreSQL would refuse to start because of it.
 */
export function runningServer(dataDir: string): number | undefined {
  const pid = Number(pidFile(dataDir)[0])
  if (!Number.isSafeInteger(pid) || pid <= 1) {
    // Empty: the machine went down while the file was being written.
    if (pidFile(dataDir).length > 0) rmSync(path.join(dataDir, 'postmaster.pid'), { force: true })
    return undefined
  }
  if (startOf(pid) !== undefined) {
    const command = commandOf(pid)
    if (command.includes('postgres') && command.includes(dataDir)) return pid
    rmSync(path.join(dataDir, 'postmaster.pid'), { force: true })
  }
  return undefined
}

/**
 * Stops a server and waits for its end. `fast` ends sessions and writes everything out; `immediate` leaves that
 * to the next start.
 */
export async function stopServer(pid: number, how: 'fast' | 'immediate'): Promise<void> {
  const gone = (): boolean => startOf(pid) === undefined
  if (how === 'fast') {
    signal(pid, 'SIGINT')
    if (await waitUntil(gone, 30_000, 20)) return
  }
  signal(pid, 'SIGQUIT')
  if (await waitUntil(gone, 10_000, 20)) return
  signal(pid, 'SIGKILL')
  await waitUntil(gone, 5000, 20)
}
