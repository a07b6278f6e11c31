import { randomBytes } from 'node:crypto'
import { type Client, escapeIdentifier } from 'pg'
import { connect, withClient } from './connect.mts'
import { parseDatabaseUrl, withLogin } from './database-url.mts'
import { field } from './failure.mts'
import { boundLog, readJson, textIn, writePrivate } from './files.mts'
import { freePort, portProblem } from './free-port.mts'
import { withLock } from './lock.mts'
import { others, reapOrphans } from './members.mts'
import { dataPath, makeDataFolders } from './paths.mts'
import { majorVersion } from './pg-binaries.mts'
import { createCluster, hasCluster, resetPassword, SUPERUSER } from './pg-init.mts'
import { locate, type Location } from './pg-location.mts'
import { PortTaken, runningServer, startServerProcess, stopServer } from './pg-server.mts'

// The project's own server. All commands of a folder share it: the first starts it, the last one stops it.

/** `.data/database.json`. The passwords stand in the addresses, and nowhere else. */
export type Saved = Readonly<{
  databaseUrl: string
  appDatabaseUrl: string
  platformDatabaseUrl: string
  workerDatabaseUrl: string
  port: number
  dataDir: string
}>

const DATABASE = 'smartlms'
const LOG_FILE = dataPath('postgres.log')
const SAVED_FILE = dataPath('database.json')

/** What was written down at an earlier start; undefined before the first one. */
export function savedDatabase(): Saved | undefined {
  const value = readJson(SAVED_FILE)
  const databaseUrl = textIn(value, 'databaseUrl')
  const appDatabaseUrl = textIn(value, 'appDatabaseUrl')
  const platformDatabaseUrl = textIn(value, 'platformDatabaseUrl')
  const dataDir = textIn(value, 'dataDir')
  if (databaseUrl === undefined || appDatabaseUrl === undefined || platformDatabaseUrl === undefined)
    return undefined
  if (dataDir === undefined || !URL.canParse(databaseUrl)) return undefined
  return {
    databaseUrl,
    appDatabaseUrl,
    platformDatabaseUrl,
    // A file of before there was a worker has none.
    workerDatabaseUrl: textIn(value, 'workerDatabaseUrl') ?? workerLogin(databaseUrl),
    port: Number(new URL(databaseUrl).port),
    dataDir,
  }
}

function workerLogin(databaseUrl: string): string {
  return withLogin(databaseUrl, 'smartlms_worker_login', randomBytes(18).toString('hex'))
}

function fresh(port: number, dataDir: string): Saved {
  const url = `postgresql://127.0.0.1:${port}/${DATABASE}`
  const login = (user: string): string => withLogin(url, user, randomBytes(18).toString('hex'))
  return {
    databaseUrl: login(SUPERUSER),
    appDatabaseUrl: login('smartlms_app_login'),
    platformDatabaseUrl: login('smartlms_platform_login'),
    workerDatabaseUrl: workerLogin(url),
    port,
    dataDir,
  }
}

function onPort(saved: Saved, port: number): Saved {
  const moved = (text: string): string => {
    const url = new URL(text)
    url.port = String(port)
    return url.href
  }
  return {
    databaseUrl: moved(saved.databaseUrl),
    appDatabaseUrl: moved(saved.appDatabaseUrl),
    platformDatabaseUrl: moved(saved.platformDatabaseUrl),
    workerDatabaseUrl: moved(saved.workerDatabaseUrl),
    port,
    dataDir: saved.dataDir,
  }
}

function save(saved: Saved): Saved {
  writePrivate(SAVED_FILE, `${JSON.stringify(saved, null, 2)}\n`)
  return saved
}

export type LocalDatabase = Readonly<{
  saved: Saved
  pid: number
  /** Where the data are, when that is not the project's folder. */
  notice: string | undefined
  /** Stops the server unless another command uses it. */
  release: (how: 'fast' | 'immediate') => Promise<void>
}>

/**
 * Gives the project's database, started when it was not running.
 *
 * @param join writes down, under the lock, that this process uses it
 * @param leave the opposite of `join`
 * @throws Failure
 */
export async function useLocalDatabase(
  join: () => void,
  leave: () => void,
  onWait: (text: string) => void,
): Promise<LocalDatabase> {
  makeDataFolders()
  const waiting = (): void => {
    onWait('Another command of this folder is starting or stopping the database; waiting for it.')
  }
  return withLock(
    'database',
    async () => {
      await reapOrphans()
      const location = locate()
      const { saved, pid } = (await adopt(location)) ?? (await start(location))
      await ensureDatabase(saved)
      join()
      const release = (how: 'fast' | 'immediate'): Promise<void> =>
        withLock('database', async () => {
          leave()
          if (!others().some((member) => member.usesDatabase)) await stopServer(pid, how)
        })
      return { saved, pid, notice: location.notice, release }
    },
    waiting,
  )
}

/** A server that already runs on our data: another command's, or left behind by one that was killed. */
async function adopt(location: Location): Promise<{ saved: Saved; pid: number } | undefined> {
  const pid = runningServer(location.dataDir)
  if (pid === undefined) return undefined
  const saved = savedDatabase()
  if (saved && (await answersFor(saved, location.dataDir))) return { saved: save(saved), pid }
  await stopServer(pid, 'fast')
  return undefined
}

async function answersFor(saved: Saved, dataDir: string): Promise<boolean> {
  try {
    const target = parseDatabaseUrl(saved.databaseUrl, 'DATABASE_URL')
    return await withClient(target, (client) => servesFrom(client, dataDir), 'postgres')
  } catch {
    return false
  }
}

async function servesFrom(client: Client, dataDir: string): Promise<boolean> {
  const result = await client.query<{ folder: string }>(`SELECT current_setting('data_directory') AS folder`)
  return result.rows[0]?.folder === dataDir
}

async function start(location: Location): Promise<{ saved: Saved; pid: number }> {
  const { dataDir, binDir, account } = location
  let saved = savedDatabase()
  if (!hasCluster(dataDir, majorVersion(binDir))) {
    const made = fresh(await freePort(), dataDir)
    const password = new URL(made.databaseUrl).password
    // The password is written down before the cluster that asks for it exists.
    await createCluster({ binDir, dataDir, account, password, beforeRename: () => save(made) })
    saved = made
  } else if (!saved) {
    // Somebody deleted the file with the passwords and kept the data.
    saved = fresh(await freePort(), dataDir)
    await resetPassword({ binDir, dataDir, account, password: new URL(saved.databaseUrl).password })
  }
  // A copied or moved folder brings the old path along.
  saved = { ...saved, dataDir }
  if ((await portProblem(saved.port, '127.0.0.1')) !== undefined) saved = onPort(saved, await freePort())
  for (let attempt = 1; ; attempt += 1) {
    save(saved)
    try {
      const pid = await startServerProcess({
        binDir,
        dataDir,
        account,
        port: saved.port,
        logFile: LOG_FILE,
        settings: {},
      })
      return { saved, pid }
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === 5) throw error
      saved = onPort(saved, await freePort())
    }
  }
}

async function ensureDatabase(saved: Saved): Promise<void> {
  const target = parseDatabaseUrl(saved.databaseUrl, 'DATABASE_URL')
  const client = await connect(target, 'postgres')
  try {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [target.database])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(target.database)}`)
  } catch (error) {
    if (field(error, 'code') !== '42P04') throw error
  } finally {
    await client.end()
  }
}

/** Keeps the server's log below its bound while it runs for weeks. */
export function boundServerLog(): void {
  boundLog(LOG_FILE)
}
