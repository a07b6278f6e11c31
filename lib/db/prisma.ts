import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient, type Prisma } from './generated/client'

/** The connection that a unit of work lends to Prisma while it runs. */
const lent = new AsyncLocalStorage<pg.PoolClient>()

const TRANSACTION_WORDS = new Set(['BEGIN', 'COMMIT', 'ROLLBACK'])

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : ''
}

/** The lent connection as Prisma sees it: the unit of work keeps the transaction and the release to itself. */
function borrowed(client: pg.PoolClient): pg.PoolClient {
  return new Proxy(client, {
    get(target, key) {
      if (key === 'release') return () => undefined
      if (key === 'query') {
        return (query: pg.QueryConfig, values?: unknown[]) =>
          TRANSACTION_WORDS.has(textOf(query).trim().toUpperCase())
            ? Promise.resolve({ rows: [], fields: [], rowCount: 0 })
            : target.query(query, values)
      }
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

/**
 * A pool without connections of its own. Prisma can only reach the database through a unit of work
 * that lends its connection; a query outside of one fails instead of running without a school.
 */
class LendingPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(
    callback: (error: Error | undefined, client: pg.PoolClient | undefined, done: () => void) => void,
  ): void
  override connect(
    callback?: (error: Error | undefined, client: pg.PoolClient | undefined, done: () => void) => void,
  ): Promise<pg.PoolClient> | undefined {
    const client = lent.getStore()
    const refusal = new Error('Prisma was used outside withTenant.')
    // Only Pool.query asks with a callback, and Prisma calls that for statements outside of a transaction.
    // Without an answer it would wait for ever.
    if (callback !== undefined) {
      callback(refusal, undefined, () => undefined)
      return undefined
    }
    return client === undefined ? Promise.reject(refusal) : Promise.resolve(borrowed(client))
  }
}

const store = globalThis as typeof globalThis & { smartlmsPrisma?: PrismaClient }

/** The one Prisma client of the process, kept across hot reloads. */
export function prisma(): PrismaClient {
  store.smartlmsPrisma ??= new PrismaClient({ adapter: new PrismaPg(new LendingPool()) })
  return store.smartlmsPrisma
}

export type Orm = Readonly<{ client: Promise<Prisma.TransactionClient>; close: () => Promise<void> }>

/**
 * Opens Prisma's transaction client over the connection of a unit of work.
 * `close` ends Prisma's side; BEGIN and COMMIT stay with the unit.
 */
export function openOrm(connection: pg.PoolClient): Orm {
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  let ended_: Promise<void> = Promise.resolve()
  const client = new Promise<Prisma.TransactionClient>((resolve, reject) => {
    ended_ = lent.run(connection, () =>
      prisma().$transaction(
        async (transaction) => {
          resolve(transaction)
          await ended
        },
        { timeout: 60_000, maxWait: 5_000 },
      ),
    )
    ended_.catch(reject)
  })
  return {
    client,
    close: async () => {
      end()
      await ended_
    },
  }
}
