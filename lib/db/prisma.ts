import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient, type Prisma } from './generated/client'
import type { Lease } from './lease'

/** The connection that a unit of work lends to Prisma while it runs. */
const lent = new AsyncLocalStorage<Lease>()

const TRANSACTION_WORDS = new Set(['BEGIN', 'COMMIT', 'ROLLBACK'])

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : ''
}

/** The lent connection as Prisma sees it: the unit of work keeps the transaction and the release to itself. */
function borrowed(lease: Lease): pg.PoolClient {
  return new Proxy(lease.client, {
    get(target, key) {
      if (key === 'release') return () => undefined
      if (key === 'query') {
        return (query: pg.QueryConfig, values?: unknown[]) =>
          TRANSACTION_WORDS.has(textOf(query).trim().toUpperCase())
            ? Promise.resolve({ rows: [], fields: [], rowCount: 0 })
            : lease.query(query, values)
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
    const lease = lent.getStore()
    const refusal = new Error('Prisma was used outside withTenant.')
    // Only Pool.query asks with a callback, and Prisma calls that for statements outside of a transaction.
    // Without an answer it would wait for ever.
    if (callback !== undefined) {
      callback(refusal, undefined, () => undefined)
      return undefined
    }
    return lease === undefined ? Promise.reject(refusal) : Promise.resolve(borrowed(lease))
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
export function openOrm(lease: Lease): Orm {
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  let transaction: Promise<void> = Promise.resolve()
  const client = new Promise<Prisma.TransactionClient>((resolve, reject) => {
    transaction = lent.run(lease, () =>
      prisma().$transaction(
        async (orm) => {
          resolve(orm)
          await ended
        },
        { timeout: 60_000, maxWait: 5_000 },
      ),
    )
    transaction.catch(reject)
  })
  return {
    client,
    close: async () => {
      end()
      // Whether the work is kept is decided by the unit; what went wrong in it has been thrown to its caller.
      await transaction.catch(() => undefined)
    },
  }
}
