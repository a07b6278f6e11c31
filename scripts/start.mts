import { checkAddresses, servedAddresses } from './launcher/databases.mts'
import {
  checkPort,
  isDemo,
  portFromEnvironment,
  secret,
  serverEnvironment,
  workerEnvironment,
} from './launcher/environment.mts'
import { run } from './launcher/run.mts'
import { requireBuild, serveWeb, waitUntilReady } from './launcher/web.mts'
import { requireWorker, superviseWorker, wantsWorker } from './launcher/worker.mts'

// npm start: serves what is built and migrated, and changes neither.

await run('npm start', async (session) => {
  const demo = isDemo()
  const port = portFromEnvironment()
  const kept = secret(demo)
  requireBuild()
  await checkPort(port)
  await checkAddresses()
  const addresses = await servedAddresses(session, demo)
  const options = { addresses, secret: kept, port, demo, mode: 'production' } as const
  if (wantsWorker()) requireWorker(addresses)
  serveWeb(session, 'start', port, serverEnvironment(options), 'terminal')
  if (wantsWorker()) superviseWorker(session, workerEnvironment(options), 'terminal')
  await session.race(waitUntilReady(port))
  session.served = true
  session.progress.note(`SmartLMS is served on port ${port}.`)
  return session.untilStopped()
})
