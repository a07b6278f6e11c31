import { checkAddresses, openDatabase, serverAddresses, type Database } from './launcher/databases.mts'
import {
  checkPort,
  isDemo,
  portFromEnvironment,
  secret,
  serverEnvironment,
  variable,
} from './launcher/environment.mts'
import type { DatabaseAddresses } from './launcher/environment.mts'
import { Failure } from './launcher/failure.mts'
import { requireMigrated } from './launcher/prepare.mts'
import { run } from './launcher/run.mts'
import type { Session } from './launcher/session.mts'
import { requireBuild, serveWeb, waitUntilReady } from './launcher/web.mts'

// npm start: serves what is built and migrated, and changes neither.

/** The web server's addresses. Only a demo falls back to the embedded database. @throws Failure */
async function addressesFor(session: Session, demo: boolean): Promise<DatabaseAddresses> {
  const app = variable('APP_DATABASE_URL')
  const platform = variable('PLATFORM_DATABASE_URL')
  const hasOwner = variable('DATABASE_URL') !== undefined
  if (!hasOwner && app !== undefined && platform !== undefined) return { owner: '', app, platform }
  if (!hasOwner && !demo) {
    throw new Failure(
      "No database is set: production needs APP_DATABASE_URL and PLATFORM_DATABASE_URL, or DATABASE_URL (SMARTLMS_DEMO=1 serves the demo's own).",
    )
  }
  const database: Database = await openDatabase(session)
  await requireMigrated(database)
  return serverAddresses(session, database, false)
}

await run('npm start', async (session) => {
  const demo = isDemo()
  const port = portFromEnvironment()
  const kept = secret(demo)
  requireBuild()
  await checkPort(port)
  await checkAddresses()
  const addresses = await addressesFor(session, demo)
  const env = serverEnvironment({ addresses, secret: kept, port, demo, mode: 'production' })
  serveWeb(session, 'start', port, env, 'terminal')
  await session.race(waitUntilReady(port))
  session.served = true
  session.progress.note(`SmartLMS is served on port ${port}.`)
  return session.untilStopped()
})
