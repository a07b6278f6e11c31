// Turns a PostgreSQL URL, as Prisma's own engine reads it, into settings for node-postgres.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const DEFAULT_CONNECT_SECONDS = 10

/** Raised when the CLI handed over no URL, or one that can't be read; carries Prisma's error code. */
class ConnectionStringError extends Error {
  constructor(message) {
    super(message)
    this.code = 'P1013'
  }
}

function parseUrl(text) {
  // `postgresql://user@/db?host=/socket` has no host, which the URL parser refuses after a user name.
  const readable = text.replace(/^([a-z]+:\/\/[^/?#]*@)(?=[/?]|$)/i, '$1localhost')
  let url
  try {
    url = new URL(readable)
  } catch {
    throw new ConnectionStringError(
      'The provided database string is invalid. Is everything in it percent-encoded?',
    )
  }
  if (url.protocol !== 'postgresql:' && url.protocol !== 'postgres:') {
    throw new ConnectionStringError(
      'The provided database string is invalid: the URL must start with `postgresql://` or `postgres://`.',
    )
  }
  return url
}

function decode(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ConnectionStringError(
      'The provided database string is invalid: a `%` in it is not percent-encoded.',
    )
  }
}

function fileParam(params, name) {
  const path = params.get(name)
  return path ? readFileSync(resolve(path)) : undefined
}

/** `require` encrypts without checking the certificate, as in libpq, unless a root or `sslaccept=strict` is given. */
function tlsSettings(params) {
  const mode = params.get('sslmode') ?? (params.get('ssl') === 'true' ? 'require' : 'disable')
  if (mode === 'disable' || mode === 'allow' || mode === 'prefer') return false
  const ca = fileParam(params, 'sslrootcert')
  const strict = params.get('sslaccept') === 'strict'
  const checked =
    strict || mode.startsWith('verify-') || (ca !== undefined && params.get('sslaccept') === null)
  const chainOnly = checked && mode !== 'verify-full' && !strict
  return {
    rejectUnauthorized: checked,
    ...(ca ? { ca } : {}),
    ...clientCertificate(params),
    ...(chainOnly ? { checkServerIdentity: () => undefined } : {}),
  }
}

function clientCertificate(params) {
  return {
    ...(params.has('sslcert') ? { cert: fileParam(params, 'sslcert') } : {}),
    ...(params.has('sslkey') ? { key: fileParam(params, 'sslkey') } : {}),
    ...(params.has('sslpassword') ? { passphrase: params.get('sslpassword') } : {}),
  }
}

function startupOptions(params, schema) {
  const given = params.get('options') ?? ''
  if (schema === 'public') return given || undefined
  const path = `"${schema.replaceAll('"', '""')}"`.replace(/[\\ ]/g, '\\$&')
  return `${given} -c search_path=${path}`.trim()
}

/**
 * Reads a `postgresql://` URL: percent-encoded parts, `schema`, `sslmode` and its files, `host` (a socket folder or
 * a host name), `connect_timeout` (seconds), `application_name` and `options`.
 *
 * @param {string | undefined} text
 * @returns {{ schema: string, config: import('pg').PoolConfig }} `config` names host, port, user, password and
 *   database apart: with a connection string the adapter would open the main database in place of the shadow one.
 * @throws {ConnectionStringError}
 */
export function readConnection(text) {
  if (!text) {
    throw new ConnectionStringError(
      'No database URL is set. Put one in DATABASE_URL, or start the local database first.',
    )
  }
  const url = parseUrl(text)
  const params = url.searchParams
  const schema = params.get('schema') || 'public'
  const user = decode(url.username) || 'postgres'
  const database = decode(url.pathname.replace(/^\//, '')) || user
  const seconds = Number(params.get('connect_timeout') ?? DEFAULT_CONNECT_SECONDS)
  const options = startupOptions(params, schema)
  return {
    schema,
    config: {
      host: params.get('host') || decode(url.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost',
      port: Number(params.get('port') || url.port || 5432),
      user,
      password: decode(url.password),
      database,
      ssl: tlsSettings(params),
      connectionTimeoutMillis: Number.isFinite(seconds) ? seconds * 1000 : DEFAULT_CONNECT_SECONDS * 1000,
      application_name: params.get('application_name') ?? 'prisma-schema-engine',
      ...(options ? { options } : {}),
    },
  }
}
