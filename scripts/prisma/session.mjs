// One run of the engine: which method the CLI may call, what it needs, and what has to be put right on the way.
import { readFileSync } from 'node:fs'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { EngineAdapterFactory, withClient } from './adapter.mjs'
import { createDatabase } from './cli-commands.mjs'
import { readConnection } from './connection.mjs'
import { describeEngineError, KnownFailure } from './errors.mjs'
import { isOffline, offlineFactory } from './offline.mjs'
import { enginePanic, loadSchemaEngine } from './wasm.mjs'

const ENGINE_METHODS = new Set([
  'applyMigrations',
  'createMigration',
  'dbExecute',
  'debugPanic',
  'devDiagnostic',
  'diagnoseMigrationHistory',
  'diff',
  'ensureConnectionValidity',
  'evaluateDataLoss',
  'introspect',
  'introspectSql',
  'markMigrationApplied',
  'markMigrationRolledBack',
  'reset',
  'schemaPush',
])

/**
 * These compare with the schema that the migrations add up to. They find it where `devDiagnostic` left it, and can't
 * replay the migrations themselves; `applyMigrations` throws it away. Without a replay of ours in between, `migrate dev`
 * ends half way whenever it had migrations to apply.
 */
const NEEDS_REPLAY = new Set(['createMigration', 'evaluateDataLoss'])

/** The engine names an error that is not the database's by number only; this finds the one it stands for. */
function originalError(error, registry) {
  const id = /External error id#(\d+)/.exec(String(error?.message))?.[1]
  const known = id === undefined ? undefined : registry.consumeError(Number(id))
  return known?.error ?? error
}

export class EngineSession {
  #datamodels
  #datasource
  #engineClass
  #running

  /**
   * @param {string[]} datamodels paths of the Prisma schema files
   * @param {{ url?: string, shadowDatabaseUrl?: string }} datasource
   */
  constructor(datamodels, datasource) {
    this.#datamodels = datamodels.map((path) => [path, readFileSync(path, 'utf8')])
    this.#datasource = datasource
  }

  /**
   * @param {string} method the RPC method's name
   * @param {(text: string) => Promise<void>} print shows text on the CLI's standard output
   */
  async call(method, params, print) {
    if (method === 'createDatabase') {
      return { databaseName: await createDatabase(params?.datasource?.url ?? this.#datasource.url) }
    }
    if (method === 'getDatabaseVersion') return this.#invoke('version', params ?? null)
    if (!ENGINE_METHODS.has(method))
      throw new KnownFailure({ message: `The schema engine has no method \`${method}\`.` })
    const result = await this.#invoke(method, params)
    if (method !== 'diff') return result
    if (result.stdout !== null && result.stdout !== undefined) await print(result.stdout.replace(/\n$/, ''))
    return { exitCode: result.exitCode, stdout: null }
  }

  /** Ends every database session, and the engine that held them. Safe to call twice. */
  async close() {
    const { factory } = this.#running ?? {}
    this.#running = undefined
    await factory?.disposeAll()
  }

  async #invoke(method, params) {
    const running = (this.#running ??= await this.#start(isOffline(method, params)))
    try {
      if (NEEDS_REPLAY.has(method) && !running.replayed) {
        const { migrationsList, filters } = params
        await Promise.race([running.engine.devDiagnostic({ migrationsList, filters }), enginePanic])
        running.replayed = true
      }
      const result = await Promise.race([running.engine[method](params), enginePanic])
      if (method === 'devDiagnostic') running.replayed = true
      if (method === 'applyMigrations' || method === 'diff') await this.close()
      return result
    } catch (error) {
      const described = describeEngineError(
        originalError(error, running.errors),
        running.factory.lastScriptFailure,
      )
      await this.close()
      throw described
    }
  }

  async #openFactory() {
    const { url, shadowDatabaseUrl } = this.#datasource
    const main = readConnection(url)
    await withClient(main.config) // the engine's own wording of a failed connection carries no error code
    return new EngineAdapterFactory(main, shadowDatabaseUrl ? readConnection(shadowDatabaseUrl) : undefined)
  }

  async #start(offline) {
    const factory = offline ? offlineFactory() : await this.#openFactory()
    const bound = bindMigrationAwareSqlAdapterFactory(factory)
    const SchemaEngine = await (this.#engineClass ??= loadSchemaEngine())
    const log = (line) => process.stderr.write(line.endsWith('\n') ? line : `${line}\n`)
    // An empty list makes the engine panic; commands that bring their own schema start it with none.
    const datamodels = this.#datamodels.length > 0 ? this.#datamodels : undefined
    const engine = await Promise.race([SchemaEngine.new({ datamodels }, log, bound), enginePanic])
    return { engine, factory, errors: bound.errorRegistry, replayed: false }
  }
}
