import 'server-only'
import { config, secret } from '#lib/config'
import { log } from '#lib/observability/log'
import { startWorker } from './worker'

/** Milliseconds for jobs that run when the worker is told to stop. What is left is given back by the next one. */
const PATIENCE = 5_000

/** One line for whoever started the process; the launcher passes it through. */
function refuse(error: unknown): never {
  process.stderr.write(`The worker can’t start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

function warnings(): void {
  const { mail, demo, database } = config()
  if (mail.smtpUrl === null && !demo) {
    log().warn(
      'SMTP_URL is not set: letters are written into MAIL_DIR and reach nobody. Set it to the address of a mail server.',
    )
  }
  if (database.app.assumeRole !== null) {
    log().warn(
      'APP_DATABASE_URL is not set: connections log in as the owner and switch role, the weaker way.',
    )
  }
}

/** The worker's process: takes jobs until it is told to stop. Its supervisor starts it again when it breaks. */
async function main(): Promise<void> {
  secret()
  warnings()
  const worker = await startWorker()
  const told = new Promise<null>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => resolve(null))
  })
  const reason = await Promise.race([told, worker.broken])
  if (reason !== null) {
    // Others may take our jobs already, so nothing is finished here.
    log().fatal({ reason: reason.message }, 'the worker can’t go on')
    process.exit(1)
  }
  log().info('the worker stops')
  setTimeout(() => process.exit(0), PATIENCE).unref()
  await worker
    .stop()
    .catch((error: unknown) => log().warn({ reason: String(error) }, 'the queue did not close'))
  process.exit(0)
}

main().catch(refuse)
