import { checkAddresses, servedAddresses } from './launcher/databases.mts'
import { isDemo, portFromEnvironment, secret, workerEnvironment } from './launcher/environment.mts'
import { run } from './launcher/run.mts'
import { requireWorker, superviseWorker } from './launcher/worker.mts'

// npm run worker: the worker alone, where `npm start` runs elsewhere with SMARTLMS_WORKER=0. PORT is the web server's.

await run('npm run worker', async (session) => {
  session.announce()
  const demo = isDemo()
  const port = portFromEnvironment()
  const kept = secret(demo)
  await checkAddresses()
  const addresses = await servedAddresses(session, demo)
  requireWorker(addresses)
  const options = { addresses, secret: kept, port, demo, mode: 'production' } as const
  superviseWorker(session, workerEnvironment(options), 'terminal')
  session.served = true
  session.progress.note('The worker runs.')
  return session.untilStopped()
})
