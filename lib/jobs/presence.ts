import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WorkerUtils } from 'graphile-worker'

/**
 * How the queue learns that a worker died. The queue itself waits four hours before it gives a dead worker's jobs to
 * others. Here each worker holds an advisory lock on a connection of its own for as long as it lives: PostgreSQL lets
 * go of it the moment the process is gone, and whoever finds the lock free gives its jobs back.
 */

/** So that no other user of advisory locks means the same number. */
const SEED = 20_261_124

/** A machine that vanished closes nothing; the server asks after 10 s of silence and gives up 15 s later. */
const LIVELY = `set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3`

/** Milliseconds between two questions whether the connection still stands. */
const PULSE = 2_000

export type Presence = Readonly<{
  /** Says under which name jobs are taken. Take none before it returns. */
  announce: (name: string) => Promise<void>
  /** Settles when the lock may be lost, with the reason. From then on others may take this worker's jobs. */
  lost: Promise<Error>
  release: () => void
}>

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let settle: (value: T) => void = () => undefined
  const promise = new Promise<T>((resolve) => (settle = resolve))
  return { promise, resolve: (value) => settle(value) }
}

/**
 * Opens a connection that says that this worker lives.
 * @param utils with a connection to spare
 * @throws Error when none can be had
 */
export async function openPresence(utils: WorkerUtils): Promise<Presence> {
  const released = deferred<null>()
  const opened = deferred<Presence['announce']>()
  const held = utils.withPgClient(async (client) => {
    await client.query(LIVELY)
    opened.resolve(async (name) => {
      await client.query(`select pg_advisory_lock(hashtextextended($1, ${SEED}))`, [name])
    })
    const closed = new Promise<never>((_, reject) => {
      client.once('error', reject)
      client.once('end', () => reject(new Error('The connection was closed.')))
    })
    closed.catch(() => undefined)
    // A connection can be gone without a word; a question finds out.
    while ((await Promise.race([released.promise, closed, sleep(PULSE, 'pulse')])) !== null) {
      await Promise.race([client.query('select 1'), closed])
    }
  })
  const lost = held.then(
    () => new Error('The worker gave its place up.'),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  )
  const announce = await Promise.race([opened.promise, lost])
  if (announce instanceof Error) throw announce
  return { announce, lost, release: () => released.resolve(null) }
}

/**
 * Gives the jobs of workers that died back to the queue. A lock that can be had belongs to nobody any more; it is held
 * until the transaction ends, so that two workers don't give the same jobs back.
 * @returns how many dead workers had jobs
 */
export async function freeJobsOfTheDead(utils: WorkerUtils): Promise<number> {
  return utils.withPgClient(async (client) => {
    await client.query('begin')
    try {
      const { rows } = await client.query<{ name: string }>(
        `select name from (select distinct locked_by as name from graphile_worker.jobs where locked_by is not null) l
         where pg_try_advisory_xact_lock(hashtextextended(name, ${SEED}))`,
      )
      if (rows.length > 0) {
        await client.query('select graphile_worker.force_unlock_workers($1)', [rows.map((row) => row.name)])
      }
      await client.query('commit')
      return rows.length
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    }
  })
}
