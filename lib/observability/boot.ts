import 'server-only'
import { config } from '#lib/config'
import { assertRoleIsWalled, appPool, platformPool, UnsafeRoleError } from '#lib/db/pool'
import { captureFrameworkOutput } from './framework-output'
import { log } from './log'
import { startRequestLog } from './request-log'

/** One line for whoever started the process; the launcher passes it through. */
function stop(reason: string): never {
  process.stderr.write(`SmartLMS can’t start: ${reason}\n`)
  process.exit(1)
}

/**
 * Checks what must hold before anything is served: the configuration parses, and a fresh pooled connection is
 * subject to row-level security. A database that is down doesn't stop the process (readiness says so, and every
 * later connection is checked again when it is made); a role that could see every school does.
 */
export async function boot(): Promise<void> {
  try {
    const { database } = config()
    if (database.app.assumeRole !== null) {
      log().warn(
        'APP_DATABASE_URL is not set: connections log in as the owner and switch role, the weaker way. Give the app a LOGIN role of its own.',
      )
    }
  } catch (error) {
    stop(error instanceof Error ? error.message : String(error))
  }
  startRequestLog()
  if (config().production) captureFrameworkOutput()
  for (const pool of [appPool(), platformPool()]) {
    try {
      const client = await pool.connect()
      await assertRoleIsWalled(client).finally(() => client.release())
    } catch (error) {
      if (error instanceof UnsafeRoleError) stop(error.message)
      log().warn({ error: String(error) }, 'the database is not reachable yet')
    }
  }
}
