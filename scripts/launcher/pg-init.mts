import { spawn } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { Failure, failureInOutput } from './failure.mts'
import type { Account } from './pg-account.mts'
import { majorVersion } from './pg-binaries.mts'

export const SUPERUSER = 'postgres'

/** The environment a server program gets. PGDATA, PGPORT or a locale of the person's would change what it does. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV, PATH, LD_LIBRARY_PATH, TMPDIR } = process.env
  return { NODE_ENV, PATH, TMPDIR, LC_ALL: 'C', TZ: 'UTC', ...(LD_LIBRARY_PATH ? { LD_LIBRARY_PATH } : {}) }
}

/** Runs a server program to its end. @throws Failure with a sentence when it fails */
async function runProgram(
  program: string,
  args: readonly string[],
  options: { account: Account; cwd: string; input?: string },
): Promise<void> {
  const child = spawn(program, args, {
    ...options.account,
    cwd: options.cwd,
    env: serverEnvironment(),
    // Of its own group: Ctrl-C in the terminal must not cut a folder's making in half.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code === 0) return
  const lines = output.trim().split('\n')
  throw (
    failureInOutput(output) ??
    new Failure(`${path.basename(program)} of PostgreSQL failed: see the lines above.`, lines.slice(-10))
  )
}

/**
 * Makes a database cluster: in a folder beside, renamed when it is complete, so that `dataDir` either does not
 * exist or can be used, wherever the work is interrupted.
 *
 * @param beforeRename called when the cluster is complete and not yet in its place
 * @throws Failure
 */
export async function createCluster(options: {
  binDir: string
  dataDir: string
  account: Account
  password: string
  args?: readonly string[]
  beforeRename?: () => void
}): Promise<void> {
  const { binDir, dataDir, account, password } = options
  const base = path.dirname(dataDir)
  const part = `${dataDir}.new-${process.pid}`
  const passwordFile = `${part}.password`
  removePartialClusters(dataDir)
  try {
    mkdirSync(part, { mode: 0o700 })
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
    const { uid, gid } = account
    if (uid !== undefined && gid !== undefined)
      for (const file of [part, passwordFile]) chownSync(file, uid, gid)
    await runProgram(
      path.join(binDir, 'initdb'),
      [
        `--pgdata=${part}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        ...localeOf(majorVersion(binDir)),
        ...(options.args ?? []),
      ],
      { account, cwd: base },
    )
    options.beforeRename?.()
    renameSync(part, dataDir)
  } finally {
    removePartialClusters(dataDir)
  }
}

/** Sorting and case by code point, the same on every machine. The server's own rules exist from 17 on. */
function localeOf(major: number): string[] {
  return major >= 17
    ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    : ['--locale=C.UTF-8']
}

function removePartialClusters(dataDir: string): void {
  const base = path.dirname(dataDir)
  const prefix = `${path.basename(dataDir)}.new-`
  for (const name of readdirSync(base)) {
    if (name.startsWith(prefix)) rmSync(path.join(base, name), { recursive: true, force: true })
  }
}

/**
 * Whether there is a cluster to start. A folder that holds none (copied in part, emptied by hand) is moved
 * aside, never deleted.
 *
 * @throws Failure when the cluster was made by another major version
 */
export function hasCluster(dataDir: string, major: number): boolean {
  if (!existsSync(dataDir)) return false
  const complete = ['PG_VERSION', 'global/pg_control'].every((name) => existsSync(path.join(dataDir, name)))
  if (!complete) {
    renameSync(dataDir, `${dataDir}.broken-${Date.now()}`)
    return false
  }
  const version = Number(readFileSync(path.join(dataDir, 'PG_VERSION'), 'utf8').trim())
  if (version === major) return true
  throw new Failure(
    `The data in ${dataDir} were written by PostgreSQL ${version} and the embedded one is ${major}: move that folder away to start afresh, or set DATABASE_URL to a server of version ${version}.`,
  )
}

/** Gives the superuser a new password on a cluster that is not running. @throws Failure */
export async function resetPassword(options: {
  binDir: string
  dataDir: string
  account: Account
  password: string
}): Promise<void> {
  await runProgram(path.join(options.binDir, 'postgres'), ['--single', '-D', options.dataDir, 'postgres'], {
    account: options.account,
    cwd: path.dirname(options.dataDir),
    input: `ALTER ROLE ${SUPERUSER} PASSWORD '${options.password}'\n`,
  })
}
