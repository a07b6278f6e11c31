// Words database and engine failures the way the Prisma CLI expects them: a code, a message, and what it is about.

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EACCES',
  'ECONNRESET',
])

/**
 * @typedef {{ error_code?: string, message: string, meta?: Record<string, unknown>, is_panic?: boolean }} EngineFailure
 */

/**
 * Describes why a connection attempt failed.
 *
 * @param {Error & { code?: string }} error what node-postgres threw
 * @param {import('pg').PoolConfig} config the settings it was tried with; the password is never repeated
 * @returns {EngineFailure | undefined} undefined when the failure is not about connecting
 */
export function describeConnectFailure(error, config) {
  const { host, port, user, database } = config
  const where = String(host).startsWith('/') ? `${host}/.s.PGSQL.${port}` : `${host}:${port}`
  const about = { database_host: host, database_port: port, database_user: user, database_name: database }
  const fail = (error_code, message) => ({ error_code, message, meta: about })
  switch (error.code) {
    case '28P01':
      return fail(
        'P1000',
        `Authentication failed against database server, the provided database credentials for \`${user}\` are not valid.\n\nPlease make sure to provide valid database credentials for the database server at \`${where}\`.`,
      )
    case '3D000':
      return fail('P1003', `Database \`${database}\` does not exist`)
    case '28000':
    case '42501':
      return fail('P1010', `User was denied access on the database \`${database}\`: ${error.message}`)
    case '53300':
      return fail('P2037', `Too many database connections opened: ${error.message}`)
  }
  const text = String(error.message)
  if (text.includes('SSL') || text.includes('certificate') || String(error.code).startsWith('ERR_TLS')) {
    return fail('P1011', `Error opening a TLS connection: ${text}`)
  }
  if (UNREACHABLE.has(error.code) || /timeout|terminated|57P03/i.test(`${text} ${error.code}`)) {
    return fail(
      'P1001',
      `Can't reach database server at \`${where}\`\n\nPlease make sure your database server is running at \`${where}\`.`,
    )
  }
  return undefined
}

/** Wraps any thrown value; `known` failures keep their code, the rest keep their message. */
export function toFailure(error) {
  if (error?.failure) return error.failure
  if (error instanceof WebAssembly.RuntimeError) {
    return { is_panic: true, message: `${error.message}\n${error.stack ?? ''}` }
  }
  const message = error?.message || String(error)
  const code = typeof error?.code === 'string' && /^P\d{4}$/.test(error.code) ? error.code : undefined
  return { message, ...(code ? { error_code: code } : {}), ...(error?.meta ? { meta: error.meta } : {}) }
}

/** An error the CLI is to see exactly as given. */
export class KnownFailure extends Error {
  /** @param {EngineFailure} failure */
  constructor(failure) {
    super(failure.message)
    this.failure = failure
  }
}

function positionText(script, position) {
  const offset = Number(position)
  if (!offset) return ''
  const before = [...script].slice(0, offset - 1).join('')
  const line = before.split('\n').length
  return `\n\nPosition: line ${line}\n${script.split('\n')[line - 1]}`
}

/** @param {{ script: string, error: import('pg').DatabaseError } | undefined} failed the script the server refused, and its own error */
function databaseText(failed) {
  const { code, message, detail, hint, where, position } = failed.error
  const more = [detail && `DETAIL: ${detail}`, hint && `HINT: ${hint}`, where && `CONTEXT: ${where}`].filter(
    Boolean,
  )
  return `Database error code: ${code}\n\nDatabase error:\n${[`ERROR: ${message}`, ...more].join('\n')}${positionText(failed.script, position)}`
}

/** The engine appends the Rust call stack to some messages; it says nothing to whoever wrote the migration. */
function withoutTrace(message) {
  return message.replace(/\n\s+0: [a-z_]+::[\s\S]*$/, '').trimEnd()
}

/**
 * Puts back what the WebAssembly build leaves out of its errors: the code of a migration that failed, and where.
 *
 * @param {Error} error what the engine threw
 * @param {{ script: string, error: import('pg').DatabaseError } | undefined} failedScript
 */
export function describeEngineError(error, failedScript) {
  if (error?.failure || error instanceof WebAssembly.RuntimeError) return error
  const text = String(error?.message ?? error)
  const { error_code, meta } = toFailure(error)
  const migration = /with migration_name="([^"]+)"/.exec(text)?.[1]
  if (failedScript && migration && !error_code) {
    return new KnownFailure({
      error_code: 'P3018',
      message: `A migration failed to apply. New migrations cannot be applied before the error is recovered from. See https://pris.ly/d/migrate-resolve\n\nMigration name: ${migration}\n\n${databaseText(failedScript)}`,
      meta: { migration_name: migration, database_error_code: failedScript.error.code },
    })
  }
  const message = failedScript ? `${withoutTrace(text)}\n\n${databaseText(failedScript)}` : withoutTrace(text)
  return new KnownFailure({ message, ...(error_code ? { error_code } : {}), ...(meta ? { meta } : {}) })
}
