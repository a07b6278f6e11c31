import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { Failure } from './failure.mts'

/** Whom PostgreSQL runs as. Empty: the user who started us. It refuses to run as root. */
export type Account = Readonly<{ uid?: number; gid?: number }>

/**
 * Finds the user to run a server as.
 *
 * @param dataDir existing data belong to somebody, who then has to run it
 * @throws Failure when we are root and no other user can be found or made
 */
export function accountFor(dataDir: string): Account {
  if (process.getuid?.() !== 0) return {}
  if (existsSync(dataDir)) {
    const { uid, gid } = statSync(dataDir)
    if (uid !== 0) return { uid, gid }
  }
  const found = lookUp('postgres') ?? create('postgres') ?? lookUp('nobody')
  if (found) return found
  throw new Failure(
    'PostgreSQL does not run as root and no user "postgres" could be made: start as an ordinary user, or set DATABASE_URL.',
  )
}

function lookUp(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid !== undefined && gid !== undefined && Number(uid) > 0
    ? { uid: Number(uid), gid: Number(gid) }
    : undefined
}

function create(name: string): Account | undefined {
  try {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name],
      {
        stdio: 'ignore',
      },
    )
    return lookUp(name)
  } catch {
    return undefined
  }
}

/**
 * Whether a shell test passes for that user. Asking the system covers what reading modes would miss: every
 * ancestor of a path, ACLs, mounts without exec.
 */
export function passes(account: Account, test: string, ...parameters: string[]): boolean {
  const result = spawnSync('/bin/sh', ['-c', test, 'sh', ...parameters], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  })
  return result.status === 0
}
