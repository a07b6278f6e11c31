import { spawn } from 'node:child_process'
import { parseDatabaseUrl } from './database-url.mts'
import { isAlive, nameOf, waitUntil } from './process-identity.mts'
import { run } from './run.mts'

/*
 * node scripts/launcher/attach.mts PID
 *
 * Makes the project's database available for as long as process PID lives, prints its address and returns. For
 * programs that we do not start ourselves, such as `npx prisma migrate dev`: a keeper in the background counts as
 * one of the commands that share the server, and lets go of it when PID has ended.
 */

const FOREVER = 2 ** 31 - 1

async function keep(pid: number): Promise<void> {
  await run('npx prisma', async (session) => {
    const watched = nameOf(pid)
    const { saved } = await session.localDatabase()
    process.stdout.write(`${saved.databaseUrl}\n`)
    session.served = true
    await session.race(waitUntil(() => !isAlive(watched), FOREVER, 200))
    return 0
  })
}

/** Starts the keeper and waits for its first line. Its sentence, if it fails, is on our stderr. */
async function attach(pid: number): Promise<number> {
  const keeper = spawn(process.execPath, [import.meta.filename, '--keep', String(pid)], {
    detached: true,
    // Its parent ends at once; run.mts would take that for the end of npm.
    env: { ...process.env, npm_lifecycle_event: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  keeper.stderr.pipe(process.stderr)
  return new Promise((resolve) => {
    keeper.stdout.once('data', (line: Buffer) => {
      // Checked, so that nothing but an address is ever taken for one.
      parseDatabaseUrl(line.toString().trim(), 'the local database')
      process.stdout.write(line)
      resolve(0)
    })
    keeper.once('exit', (code) => {
      resolve(code ?? 1)
    })
  })
}

const keeping = process.argv[2] === '--keep'
const pid = Number(process.argv[keeping ? 3 : 2])
if (keeping) await keep(pid)
else process.exit(await attach(pid))
