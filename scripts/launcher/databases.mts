import { checkServer } from './check-server.mts'
import { parseDatabaseUrl } from './database-url.mts'
import { variable, type DatabaseAddresses } from './environment.mts'
import { ensureLogins, externalLogins, saveExternalLogins, type Logins } from './logins.mts'
import { Failure } from './failure.mts'
import { type Owner, requireMigrated } from './prepare.mts'
import type { Session } from './session.mts'

/** The database of this run: the person's own server, checked, or the embedded one, started. */
export type Database = Owner & Readonly<{ logins: Logins | undefined; notice: string | undefined }>

/** Checks the person's addresses before anything that takes long. @throws Failure */
export async function checkAddresses(): Promise<void> {
  for (const name of ['DATABASE_URL', 'APP_DATABASE_URL', 'PLATFORM_DATABASE_URL', 'WORKER_DATABASE_URL']) {
    const url = variable(name)
    if (url === undefined) continue
    const target = parseDatabaseUrl(url, name)
    // The LOGIN roles of a database that is still empty may not exist yet; the owner's address makes them.
    if (name === 'DATABASE_URL' || variable('DATABASE_URL') === undefined) await checkServer(target)
  }
}

/** @throws Failure */
export async function openDatabase(session: Session): Promise<Database> {
  const url = variable('DATABASE_URL')
  if (url !== undefined) {
    await checkServer(parseDatabaseUrl(url, 'DATABASE_URL'))
    return { url, local: false, logins: undefined, notice: undefined }
  }
  const { saved, notice } = await session.step('Starting the database', () => session.localDatabase())
  if (notice !== undefined) session.progress.note(notice)
  return { url: saved.databaseUrl, local: true, logins: saved, notice }
}

/** What the environment says; an empty text for what it doesn't. */
function givenAddresses(owner: string): Required<DatabaseAddresses> {
  return {
    owner,
    app: variable('APP_DATABASE_URL') ?? '',
    platform: variable('PLATFORM_DATABASE_URL') ?? '',
    worker: variable('WORKER_DATABASE_URL') ?? '',
  }
}

/**
 * The addresses the web server and the worker get: those of the environment, else LOGIN roles that are made here.
 *
 * @param make whether roles may be made on a server of the person's own
 * @throws Failure
 */
export async function serverAddresses(
  session: Session,
  database: Database,
  make: boolean,
): Promise<DatabaseAddresses> {
  const given = givenAddresses(database.url)
  if (!Object.values(given).includes('')) return given
  const logins = database.logins ?? ownServerLogins(database.url, make)
  if (logins && (await ensureLogins(make || database.local ? database.url : undefined, logins))) {
    if (!database.local) saveExternalLogins(database.url, logins)
    return {
      owner: given.owner,
      app: given.app || logins.appDatabaseUrl,
      platform: given.platform || logins.platformDatabaseUrl,
      worker: given.worker || (logins.workerDatabaseUrl ?? ''),
    }
  }
  if (make) {
    session.progress.note(
      'The owner of DATABASE_URL may not make login roles, so those that have none connect as the owner and switch roles: the weaker way.',
    )
  }
  return given
}

/**
 * The addresses of what is served without being prepared (`npm start`, `npm run worker`). Only a demo falls back to
 * the embedded database.
 *
 * @throws Failure
 */
export async function servedAddresses(session: Session, demo: boolean): Promise<DatabaseAddresses> {
  const app = variable('APP_DATABASE_URL')
  const platform = variable('PLATFORM_DATABASE_URL')
  const hasOwner = variable('DATABASE_URL') !== undefined
  if (!hasOwner && app !== undefined && platform !== undefined) {
    return { owner: '', app, platform, worker: variable('WORKER_DATABASE_URL') ?? '' }
  }
  if (!hasOwner && !demo) {
    throw new Failure(
      "No database is set: production needs APP_DATABASE_URL and PLATFORM_DATABASE_URL, or DATABASE_URL (SMARTLMS_DEMO=1 serves the demo's own).",
    )
  }
  const database = await openDatabase(session)
  await requireMigrated(database)
  return serverAddresses(session, database, false)
}

function ownServerLogins(url: string, make: boolean): Logins | undefined {
  const { logins, saved } = externalLogins(url)
  return saved || make ? logins : undefined
}
