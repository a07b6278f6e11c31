import { checkAddresses, openDatabase, serverAddresses } from './launcher/databases.mts'
import {
  checkPort,
  portFromEnvironment,
  secret,
  serverEnvironment,
  workerEnvironment,
} from './launcher/environment.mts'
import { dataPath } from './launcher/paths.mts'
import { generateClient, migrate, seed } from './launcher/prepare.mts'
import { run } from './launcher/run.mts'
import { build, serveWeb, waitUntilReady } from './launcher/web.mts'
import { welcome } from './launcher/welcome.mts'
import { superviseWorker, wantsWorker } from './launcher/worker.mts'

// npm run demo: from a fresh clone to a school in the browser.

await run('npm run demo', async (session) => {
  const port = portFromEnvironment()
  await checkPort(port)
  await checkAddresses()
  const demoSecret = secret(true)
  const database = await openDatabase(session)
  await generateClient(session)
  await migrate(session, database)
  const addresses = await serverAddresses(session, database, true)
  await seed(session, database)
  await build(session)
  const options = { addresses, secret: demoSecret, port, demo: true, mode: 'production' } as const
  const env = serverEnvironment(options)
  const log = dataPath('logs', 'server.log')
  await session.step('Starting the web server', () => {
    serveWeb(session, 'start', port, env, { file: log })
    return waitUntilReady(port)
  })
  if (wantsWorker()) {
    superviseWorker(session, workerEnvironment(options), { file: dataPath('logs', 'worker.log') })
  }
  session.served = true
  session.progress.note(
    welcome(port, [`The web server's log is ${log}.`, ...(database.notice ? [database.notice] : [])]),
  )
  return session.untilStopped()
})
