import 'server-only'
import type pg from 'pg'

/**
 * A connection for the length of one unit of work. Everything that runs on it passes here, Prisma's statements
 * included, so that none can arrive after the end: it would land in the next unit's transaction.
 */
export class Lease {
  readonly #client: pg.PoolClient
  readonly #running = new Set<Promise<unknown>>()
  #open = true
  #failed = false

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  /** The connection as Prisma may see it: nothing but its type, its listeners and `query` of this lease. */
  get client(): pg.PoolClient {
    return this.#client
  }

  query<Row extends pg.QueryResultRow>(
    query: pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>> {
    if (!this.#open) return Promise.reject(new Error('A statement came after its unit of work had ended.'))
    const running = this.#client.query<Row>(query, values)
    const forget = (): void => void this.#running.delete(running)
    this.#running.add(running)
    running.then(forget, () => {
      this.#failed = true
      forget()
    })
    return running
  }

  /** Whether a statement failed, and the transaction with it, even where somebody caught the error. */
  get failed(): boolean {
    return this.#failed
  }

  /** Takes no more statements and waits for those that run. Says whether any were still running. */
  async close(): Promise<boolean> {
    this.#open = false
    const strays = this.#running.size > 0
    await Promise.allSettled(this.#running)
    return strays
  }
}
