import { generateClient } from './launcher/prepare.mts'
import { run } from './launcher/run.mts'
import { build } from './launcher/web.mts'

// npm run build: needs no database and no secret.

await run('npm run build', async (session) => {
  session.announce()
  await generateClient(session)
  await build(session, true)
  return 0
})
