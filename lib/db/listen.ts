import 'server-only'
import pg from 'pg'
import { config } from '#lib/config'
import { assertRoleIsWalled } from './pool'

/**
 * One connection of its own, beside the pool, that hears what PostgreSQL tells on a channel. It is opened again by
 * itself whenever it is lost; what was told meanwhile is not repeated, so whoever listens looks for itself then.
 */

/** Milliseconds between two tries, doubling, and as many more by chance: servers don't come back all at once. */
const FIRST_PAUSE = 250
const LAST_PAUSE = 15_000
/** Milliseconds between two questions whether the connection still stands. */
const PULSE = 15_000

type Hears = Readonly<{
  channel: string
  /** What was told. It must not throw. */
  heard: (text: string) => void
  /** It listens, for the first time or again. */
  connected: () => void
  /** It doesn't, and will try again. */
  lost: (reason: string) => void
}>

function makeClient(): pg.Client {
  const { url, assumeRole } = config().database.app
  return new pg.Client({
    connectionString: url,
    ...(assumeRole === null ? {} : { options: `-c role=${assumeRole}` }),
    connectionTimeoutMillis: 5_000,
    query_timeout: 6_000,
    keepAlive: true,
    application_name: 'smartlms live',
  })
}

/** Listens until it breaks or is told to stop. */
async function listenOnce(hears: Hears, stopped: AbortSignal): Promise<void> {
  const client = makeClient()
  const over = new Promise<string>((resolve) => {
    client.on('error', (error) => resolve(String(error)))
    client.on('end', () => resolve('The connection was closed.'))
    stopped.addEventListener('abort', () => resolve('stopped'), { once: true })
  })
  let pulse: NodeJS.Timeout | undefined
  try {
    await client.connect()
    await assertRoleIsWalled(client)
    client.on('notification', ({ payload }) => hears.heard(payload ?? ''))
    await client.query(`listen ${pg.escapeIdentifier(hears.channel)}`)
    hears.connected()
    // A connection can be gone without a word; a question finds out.
    const silent = new Promise<string>((resolve) => {
      pulse = setInterval(() => {
        client.query('select 1').catch((error: unknown) => resolve(String(error)))
      }, PULSE)
    })
    const reason = await Promise.race([over, silent])
    if (!stopped.aborted) hears.lost(reason)
  } finally {
    clearInterval(pulse)
    await client.end().catch(() => undefined)
  }
}

function pauseOf(tries: number): number {
  const pause = Math.min(FIRST_PAUSE * 2 ** tries, LAST_PAUSE)
  return pause + Math.random() * pause
}

/** Starts listening. @returns what ends it, and closes the connection */
export function listen(hears: Hears): () => Promise<void> {
  const stop = new AbortController()
  let tries = 0
  const told: Hears = {
    ...hears,
    connected: () => {
      tries = 0
      hears.connected()
    },
  }
  const loop = async (): Promise<void> => {
    const over = (): boolean => stop.signal.aborted
    while (!over()) {
      await listenOnce(told, stop.signal).catch((error: unknown) => hears.lost(String(error)))
      if (over()) return
      const pause = pauseOf(tries)
      tries += 1
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause)
        stop.signal.addEventListener('abort', () => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }
  const ended = loop()
  return async () => {
    stop.abort()
    await ended
  }
}
