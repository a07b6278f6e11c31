import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { AppError } from '#lib/errors'
import { translate } from './failure'
import { Lease } from './lease'
import { PLATFORM_TENANT_ID } from './platform-id'
import type { Statement } from './sql'

/** The transaction that this async context is inside of, if any. */
const current = new AsyncLocalStorage<true>()

const TIMEOUTS = `set_config('statement_timeout', '5000', true), set_config('lock_timeout', '2000', true),
  set_config('idle_in_transaction_session_timeout', '10000', true)`

/** Runs statements on the one connection of a unit of work. */
export type Run = <Row extends pg.QueryResultRow>(statement: Statement) => Promise<pg.QueryResult<Row>>

export type Unit = Readonly<{ lease: Lease; run: Run }>

function runOn(lease: Lease): Run {
  return async (statement) => {
    try {
      return await lease.query({ text: statement.text, values: [...statement.values], name: statement.name })
    } catch (error) {
      throw translate(error)
    }
  }
}

async function finish(client: pg.PoolClient, lease: Lease): Promise<void> {
  // PostgreSQL would answer COMMIT with ROLLBACK.
  if (lease.failed) throw new AppError('unexpected', 'A transaction with a failed statement was committed.')
  await client.query('COMMIT')
}

/** Ends a unit that has only read without waiting: there is nothing whose keeping could fail. */
function letGo(client: pg.PoolClient): void {
  client.query('COMMIT').then(
    () => client.release(),
    () => client.release(true),
  )
}

async function abandon(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}

/**
 * Opens the transaction and names its school. What follows goes out in the same packet, without waiting for the answer: a
 * unit costs one round trip beside its statements. Should it fail, what follows runs without a school, for which
 * row-level security shows and takes nothing; and the unit fails with it. The platform has rows that no school's name
 * guards: there it is waited for.
 */
function begin(client: pg.PoolClient, tenantId: string | null, reads: boolean): Promise<unknown> {
  const tenant = pg.escapeLiteral(tenantId ?? '')
  const { stream } = client.connection
  stream.cork()
  process.nextTick(() => stream.uncork())
  const opened = client.query(
    `BEGIN${reads ? ' READ ONLY' : ''}; SELECT set_config('app.tenant_id', ${tenant}, true), ${TIMEOUTS}`,
  )
  // It is awaited when the work is done; until then its failing is nobody's unhandled rejection.
  opened.catch(() => undefined)
  return opened
}

/**
 * One transaction on one connection: opens, names the school (null: none), runs, commits; anything thrown rolls back.
 * @param options.reads the unit can't write: PostgreSQL refuses it, and nobody waits for the commit
 * @throws AppError 'unavailable' when no connection can be had; Error when called inside another unit
 *   (a second connection taken while holding one deadlocks the pool under load).
 */
export async function inUnit<T>(
  pool: pg.Pool,
  tenantId: string | null,
  work: (unit: Unit) => Promise<T>,
  { reads }: Readonly<{ reads: boolean }> = { reads: false },
): Promise<T> {
  if (current.getStore() === true)
    throw new Error('A unit of work was opened inside another one. Pass the handle down instead.')
  let client: pg.PoolClient
  try {
    client = await pool.connect()
  } catch (error) {
    throw translate(error)
  }
  const lease = new Lease(client)
  try {
    const opened = begin(client, tenantId, reads)
    if (tenantId === null || tenantId === PLATFORM_TENANT_ID) await opened
    const result = await current.run(true, () => work({ lease, run: runOn(lease) }))
    await opened
    if (await lease.close()) throw new Error('A unit of work ended while a statement was running. Await it.')
    if (reads && !lease.failed) {
      letGo(client)
      return result
    }
    await finish(client, lease)
    client.release()
    return result
  } catch (error) {
    await lease.close()
    client.release(!(await abandon(client)))
    throw translate(error)
  }
}
