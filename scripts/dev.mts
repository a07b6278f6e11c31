import { checkAddresses, openDatabase, serverAddresses } from './launcher/databases.mts'
import {
  checkPort,
  portFromEnvironment,
  secret,
  serverEnvironment,
  workerEnvironment,
} from './launcher/environment.mts'
import { generateClient, migrate, seed } from './launcher/prepare.mts'
import { run } from './launcher/run.mts'
import { serveWeb, waitUntilReady } from './launcher/web.mts'
import { welcome } from './launcher/welcome.mts'
import { superviseDevWorker, wantsWorker } from './launcher/worker.mts'

// npm run dev: the demo world with hot reload, on the same database.

await run('npm run dev', async (session) => {
  const port = portFromEnvironment()
  await checkPort(port)
  await checkAddresses()
  const demoSecret = secret(true)
  const database = await openDatabase(session)
  await generateClient(session)
  await migrate(session, database)
  const addresses = await serverAddresses(session, database, true)
  await seed(session, database)
  const options = { addresses, secret: demoSecret, port, demo: true, mode: 'development' } as const
  serveWeb(session, 'dev', port, serverEnvironment(options), 'terminal')
  if (wantsWorker()) await session.race(superviseDevWorker(session, workerEnvironment(options), 'terminal'))
  await session.race(waitUntilReady(port, 180))
  session.served = true
  session.progress.note(welcome(port, []))
  return session.untilStopped()
})
