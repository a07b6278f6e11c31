import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, closeSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Failure, failureInOutput } from './failure.mts'
import { logTail, openLog } from './files.mts'
import { freePort } from './free-port.mts'
import { accountFor, passes, type Account } from './pg-account.mts'
import { majorVersion } from './pg-binaries.mts'
import { createCluster, serverEnvironment, SUPERUSER } from './pg-init.mts'
import { installationFor } from './pg-location.mts'
import { readyServer, serverArguments, stopServer } from './pg-server.mts'
import { waitUntil } from './process-identity.mts'

// Throw-away servers for tests and measurements. Nothing here touches the project's own database.

export type Options = Readonly<{
  /** Folder to make and to remove at the end; a new one under the system's temporary folder when left out. */
  dataDir?: string
  /** Settings that differ, such as `{ fsync: 'on' }` where a disk's cost is part of what is measured. */
  settings?: Readonly<Record<string, string | number>>
}>

export type Server = Readonly<{
  /** Address of the superuser on the database `postgres`; other databases differ in the path. */
  url: string
  port: number
  pid: number
  /** Major version: 18, or what `binDir` holds. */
  major: number
  dataDir: string
  logFile: string
  /** Stops the server and removes its data. */
  stop: () => Promise<void>
}>

/** Nobody misses the data of a throw-away server after a crash. */
const HASTE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_senders: 0,
  wal_level: 'minimal',
}

/** Starts an embedded server of its own. It ends with this process, however that ends. @throws Failure */
export function startEmbedded(options: Options = {}): Promise<Server> {
  const account = accountFor(options.dataDir ?? '')
  return startServer({ ...options, binDir: path.join(installationFor(account).folder, 'bin') })
}

/** As `startEmbedded`, with the programs in `binDir`, such as `/usr/lib/postgresql/15/bin`. @throws Failure */
export async function startServer(options: Options & { readonly binDir: string }): Promise<Server> {
  const { binDir, settings = {} } = options
  const account = accountFor(options.dataDir ?? '')
  const base = options.dataDir === undefined ? temporaryFolder(account) : path.dirname(options.dataDir)
  const dataDir = options.dataDir ?? path.join(base, 'data')
  const logFile = options.dataDir === undefined ? path.join(base, 'log') : `${options.dataDir}.log`
  mkdirSync(base, { recursive: true })
  const remove = (): void => {
    for (const target of options.dataDir === undefined ? [base] : [dataDir, logFile]) {
      rmSync(target, { recursive: true, force: true })
    }
  }
  try {
    const password = randomBytes(12).toString('hex')
    await createCluster({ binDir, dataDir, account, password, args: ['--no-sync'] })
    const port = await freePort()
    const args = serverArguments({ dataDir, port, settings: { ...HASTE, ...settings } })
    const { pid, end } = await startTied({
      binDir,
      dataDir,
      account,
      logFile,
      args,
      removed: options.dataDir ?? base,
    })
    const stop = async (): Promise<void> => {
      await end()
      remove()
    }
    const url = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`
    return { url, port, pid, major: majorVersion(binDir), dataDir, logFile, stop }
  } catch (error) {
    remove()
    throw error
  }
}

function temporaryFolder(account: Account): string {
  for (const parent of [tmpdir(), '/var/tmp']) {
    const folder = mkdtempSync(path.join(parent, 'smartlms-pg-'))
    if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid)
    chmodSync(folder, 0o700)
    if (passes(account, 'cd "$1"', folder)) return folder
    rmSync(folder, { recursive: true })
  }
  throw new Failure(
    'PostgreSQL can use neither the temporary folder nor /var/tmp: set TMPDIR to a folder that everybody may enter.',
  )
}

/**
 * The shell waits for its input to end, which happens when this process is gone, even by SIGKILL; then it stops
 * the server and removes the data. `exec`ing the server would leave one behind for every interrupted run.
 */
const TIE = '"$@" & server=$!; read -r line; kill -QUIT $server; wait $server; rm -rf "$SMARTLMS_REMOVE"'

async function startTied(options: {
  binDir: string
  dataDir: string
  account: Account
  logFile: string
  args: string[]
  removed: string
}): Promise<{ pid: number; end: () => Promise<void> }> {
  const log = openLog(options.logFile)
  const child = spawn('/bin/sh', ['-c', TIE, 'sh', path.join(options.binDir, 'postgres'), ...options.args], {
    ...options.account,
    cwd: path.dirname(options.dataDir),
    env: { ...serverEnvironment(), SMARTLMS_REMOVE: options.removed },
    detached: true,
    stdio: ['pipe', log, log],
  })
  closeSync(log)
  // Neither the shell nor its input may keep a test runner from ending.
  child.unref()
  if (child.stdin instanceof Socket) child.stdin.unref()
  let pid: number | undefined
  const ready = await waitUntil(() => (pid = readyServer(options.dataDir)) !== undefined, 60_000, 20)
  const server = pid
  if (ready && server !== undefined) {
    const end = async (): Promise<void> => {
      child.stdin?.end()
      const gone = (): boolean => child.exitCode !== null || child.signalCode !== null
      if (!(await waitUntil(gone, 10_000, 20))) await stopServer(server, 'immediate')
    }
    return { pid: server, end }
  }
  child.stdin?.end()
  const lines = logTail(options.logFile, 0, 10)
  throw (
    failureInOutput(lines.join('\n')) ??
    new Failure('The throw-away database did not start: see the lines above.', lines)
  )
}
