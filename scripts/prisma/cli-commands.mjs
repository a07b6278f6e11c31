// The sub commands the CLI runs on their own: `cli can-connect-to-database`, `create-database` and `drop-database`.
import { withClient } from './adapter.mjs'
import { readConnection } from './connection.mjs'
import { KnownFailure, toFailure } from './errors.mjs'

const DENIED = '42501'

function quoted(name) {
  return `"${name.replaceAll('"', '""')}"`
}

/** Runs `work` beside the database, which may not exist: in `postgres`, or `template1` where that is missing. */
async function besideDatabase(config, work) {
  try {
    return await withClient({ ...config, database: 'postgres' }, work)
  } catch (error) {
    if (error.failure?.error_code !== 'P1003') throw error
    return withClient({ ...config, database: 'template1' }, work)
  }
}

/**
 * Creates the database that the URL names, and the schema when it names one other than `public`.
 *
 * @returns {Promise<string>} the database's name
 */
export async function createDatabase(url) {
  const { config, schema } = readConnection(url)
  const exists = await withClient(config).then(
    () => true,
    (error) => {
      if (error.failure?.error_code === 'P1003') return false
      throw error
    },
  )
  if (!exists)
    await besideDatabase(config, (client) => client.query(`CREATE DATABASE ${quoted(config.database)}`))
  await withClient(config, (client) => client.query(`CREATE SCHEMA IF NOT EXISTS ${quoted(schema)}`)).catch(
    (error) => {
      // An existing schema needs no right to create one; a missing one is reported by the first statement that uses it.
      if (error.code !== DENIED) throw error
    },
  )
  return config.database
}

async function dropDatabase(url) {
  const { config } = readConnection(url)
  await besideDatabase(config, (client) =>
    client.query(`DROP DATABASE ${quoted(config.database)} WITH (FORCE)`),
  )
}

const commands = {
  'can-connect-to-database': (url) => withClient(readConnection(url).config),
  'create-database': createDatabase,
  'drop-database': dropDatabase,
}

/**
 * The CLI looks for its error in stderr's second line and after, as a JSON log record of the `schema_engine::logger`.
 *
 * @returns {Promise<number>} the exit code, 0 or 1
 */
export async function runCliCommand(name, datasource) {
  try {
    const command = commands[name]
    if (!command) throw new KnownFailure({ message: `Unknown command: cli ${name}` })
    await command(datasource.url)
    return 0
  } catch (error) {
    const { error_code, message, meta } = toFailure(error)
    const code = error_code ?? (error.code === DENIED ? 'P1010' : undefined)
    const fields = {
      message,
      is_panic: false,
      ...(code ? { error_code: code } : {}),
      ...(meta ? { meta } : {}),
    }
    const log = (level, body) =>
      process.stderr.write(
        `${JSON.stringify({ timestamp: new Date().toISOString(), level, fields: body, target: 'schema_engine::logger' })}\n`,
      )
    log('INFO', { message: `Starting schema engine CLI (${name})` })
    log('ERROR', fields)
    return 1
  }
}
