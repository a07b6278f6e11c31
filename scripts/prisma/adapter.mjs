// adapter-pg as the schema engine needs it: four of its habits would break a migration (see each override).
import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { describeConnectFailure, KnownFailure } from './errors.mjs'

const INTERNAL_CHAR = 18
const TEXT = 25

/**
 * Opens one short session, to run `work` or just to learn whether the database answers.
 *
 * @throws {KnownFailure} with the CLI's code when the server can't be reached or refuses the login
 */
export async function withClient(config, work = () => undefined) {
  const client = new pg.Client(config)
  client.on('error', () => undefined) // a session ended by the server is reported by the query it breaks
  try {
    try {
      await client.connect()
    } catch (error) {
      const failure = describeConnectFailure(error, config)
      throw failure ? new KnownFailure(failure) : error
    }
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Introspection reads columns of PostgreSQL's internal `"char"` type, which the adapter refuses. The engine wants them
 * as characters: the pool's answers call them text, and the positions are remembered for the result's column types.
 */
function readInternalChars(queryable) {
  const { performIO, queryRaw } = queryable
  const charColumns = new WeakMap()
  queryable.performIO = async function (query) {
    const result = await performIO.call(this, query)
    const found = new Set()
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== INTERNAL_CHAR) continue
      field.dataTypeID = TEXT
      found.add(index)
    }
    charColumns.set(query, found)
    return result
  }
  queryable.queryRaw = async function (query) {
    const result = await queryRaw.call(this, query)
    for (const index of charColumns.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character
    return result
  }
  return queryable
}

function prepareAdapter(adapter, onScriptFailure) {
  readInternalChars(adapter)
  // The adapter cuts a script at every `;`, also inside a function body or a string. The server parses it whole.
  adapter.executeScript = async function (script) {
    try {
      await this.underlyingDriver().query(script)
    } catch (error) {
      onScriptFailure({ script, error })
      this.onError(error)
    }
  }
  const { startTransaction } = adapter
  adapter.startTransaction = async function (level) {
    return readInternalChars(await startTransaction.call(this, level))
  }
  return adapter
}

async function emptyDatabase(config) {
  await withClient(config, async (client) => {
    const { rows } = await client.query(
      `SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`,
    )
    for (const { name } of rows) await client.query(`DROP SCHEMA ${name} CASCADE`)
    await client.query('CREATE SCHEMA public')
  })
}

function isSameDatabase(a, b) {
  return a.host === b.host && a.port === b.port && a.database === b.database
}

/** The adapter factory that the engine is built with: `connect` opens the main database, `connectToShadowDb` a scratch one. */
export class EngineAdapterFactory {
  provider = 'postgres'
  adapterName = '@prisma/adapter-pg'
  /** The script the server refused last, with its error; the engine passes on no more than the message. */
  lastScriptFailure
  #main
  #shadow
  #open = new Set()

  /**
   * @param {ReturnType<typeof import('./connection.mjs').readConnection>} main
   * @param {ReturnType<typeof import('./connection.mjs').readConnection> | undefined} shadow a database of the user's
   *   own for replaying migrations; it is emptied first. Without it one is created and dropped.
   */
  constructor(main, shadow) {
    this.#main = main
    this.#shadow = shadow
  }

  connect = () => this.#openAdapter(this.#main)

  connectToShadowDb = async () => {
    if (!this.#shadow) return this.#createShadow()
    if (isSameDatabase(this.#shadow.config, this.#main.config)) {
      throw new KnownFailure({
        error_code: 'P3004',
        message: 'The shadow database must not be the main database: it is emptied before each use.',
      })
    }
    await emptyDatabase(this.#shadow.config)
    return this.#openAdapter(this.#shadow)
  }

  /** Closes every session that is still open, and with it drops the shadow databases the engine left behind. */
  async disposeAll() {
    await Promise.allSettled([...this.#open].map((adapter) => adapter.dispose()))
  }

  async #openAdapter({ config, schema }, afterClose = async () => undefined) {
    // One connection: the engine's advisory lock belongs to a session, so a second session would not share it.
    const factory = new PrismaPg({ ...config, max: 1 }, { schema })
    const adapter = prepareAdapter(await factory.connect(), (failure) => (this.lastScriptFailure = failure))
    const { dispose } = adapter
    adapter.dispose = async () => {
      if (!this.#open.delete(adapter)) return
      await dispose.call(adapter)
      await afterClose()
    }
    this.#open.add(adapter)
    return adapter
  }

  async #createShadow() {
    const database = `prisma_migrate_shadow_db_${randomUUID()}`
    const { config, schema } = this.#main
    await withClient(config, (client) => client.query(`CREATE DATABASE "${database}"`)).catch((error) => {
      if (error.code !== '42501') throw error
      throw new KnownFailure({
        error_code: 'P3014',
        message: `Prisma Migrate could not create the shadow database. The database user needs the right to create databases, or set SHADOW_DATABASE_URL to an empty database of its own.\n\nOriginal error: ${error.message}`,
      })
    })
    const drop = () =>
      withClient(config, (client) => client.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`))
    return this.#openAdapter({ config: { ...config, database }, schema }, drop)
  }
}
