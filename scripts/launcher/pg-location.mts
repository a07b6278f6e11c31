import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mts'
import { dataPath, ROOT } from './paths.mts'
import { accountFor, passes, type Account } from './pg-account.mts'
import { canRun, copyInstallation, embeddedInstallation, type Installation } from './pg-binaries.mts'

/** Where the project's server keeps its data and programs, and whom it runs as. */
export type Location = Readonly<{
  /** The folder above the data. */
  base: string
  dataDir: string
  binDir: string
  account: Account
  /** Said to the person when it is not the project's own folder. */
  notice: string | undefined
}>

/** Names this folder on this machine, in places that all folders share. */
export function folderHash(): string {
  return createHash('sha256').update(realpathSync(ROOT)).digest('hex').slice(0, 12)
}

/**
 * Chooses the place: `.data` of the project, or a system folder where the user who runs the server can't get
 * into the project (we are root and somebody above it is 0700).
 *
 * @throws Failure when neither can be used
 */
export function locate(): Location {
  const dataDir = dataPath('pg')
  const installation = embeddedInstallation()
  const account = accountFor(dataDir)
  if (
    account.uid === undefined ||
    (passes(account, 'cd "$1"', dataPath()) && canRun(account, installation))
  ) {
    return {
      base: dataPath(),
      dataDir,
      binDir: path.join(installation.folder, 'bin'),
      account,
      notice: undefined,
    }
  }
  const base = systemFolder()
  const copy = copyInstallation(installation, base)
  const elsewhere = path.join(base, 'pg')
  const owner = accountFor(elsewhere)
  if (!passes(owner, 'cd "$1"', base) || !canRun(owner, copy)) {
    throw new Failure(
      `PostgreSQL can run neither below ${ROOT} nor in ${base}: set DATABASE_URL to a server of your own.`,
    )
  }
  const reason = `the user that PostgreSQL runs as can't enter ${ROOT}`
  return {
    base,
    dataDir: elsewhere,
    binDir: path.join(copy.folder, 'bin'),
    account: owner,
    notice: `The database is kept in ${elsewhere}, because ${reason}.`,
  }
}

/** Everybody may write to /var/tmp, so a folder found there has to be ours before programs are run from it. */
function systemFolder(): string {
  const base = path.join('/var/tmp', `smartlms-${folderHash()}`)
  if (existsSync(base)) {
    const { uid } = lstatSync(base)
    if (!lstatSync(base).isDirectory() || uid !== process.getuid?.()) {
      throw new Failure(`${base} belongs to somebody else: remove it, or move the project to another folder.`)
    }
  } else {
    mkdirSync(base)
  }
  chmodSync(base, 0o755)
  return base
}

/** The embedded server's programs, copied where `account` can't get into the project. @throws Failure as `locate` */
export function installationFor(account: Account): Installation {
  const installation = embeddedInstallation()
  if (account.uid === undefined || canRun(account, installation)) return installation
  return copyInstallation(installation, systemFolder())
}
