import { readFileSync } from 'node:fs'
import type { ClientConfig } from 'pg'
import { Failure } from './failure.mts'

/** A PostgreSQL address taken apart. Texts for people use `place` and `user`; the password appears in none. */
export type Target = Readonly<{
  /** The variable it came from, for messages. */
  variable: string
  /** `host:port` */
  place: string
  user: string
  database: string
  config: ClientConfig
}>

const CONNECT_SECONDS = 10

/** @throws Failure when `text` is no PostgreSQL address. The sentence does not repeat the text: it holds a password. */
export function parseDatabaseUrl(text: string, variable: string): Target {
  const malformed = new Failure(
    `${variable} is not a PostgreSQL address: write postgresql://user:password@host:5432/database, with special characters percent-encoded.`,
  )
  if (!/^postgres(ql)?:\/\/\S+$/.test(text) || !URL.canParse(text)) throw malformed
  const url = new URL(text)
  let user: string, password: string, database: string
  try {
    user = decodeURIComponent(url.username) || 'postgres'
    password = decodeURIComponent(url.password)
    database = decodeURIComponent(url.pathname.slice(1))
  } catch {
    throw malformed
  }
  // A folder of sockets stands in the parameters: postgresql://user@localhost/db?host=/var/run/postgresql
  const host = url.searchParams.get('host') ?? url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (host === '' || database === '' || database.includes('/')) throw malformed
  const port = Number(url.port || url.searchParams.get('port') || 5432)
  const seconds = Number(url.searchParams.get('connect_timeout') ?? CONNECT_SECONDS) || CONNECT_SECONDS
  return {
    variable,
    place: host.startsWith('/')
      ? `${host} (port ${port})`
      : `${host.includes(':') ? `[${host}]` : host}:${port}`,
    user,
    database,
    config: {
      host,
      port,
      user,
      password,
      database,
      ssl: tls(url.searchParams),
      connectionTimeoutMillis: seconds * 1000,
    },
  }
}

/** As in libpq: `require` encrypts and believes any certificate, `verify-ca` and `verify-full` check it. */
function tls(parameters: URLSearchParams): ClientConfig['ssl'] {
  const mode = parameters.get('sslmode') ?? (parameters.get('ssl') === 'true' ? 'require' : 'disable')
  if (mode === 'disable' || mode === 'allow' || mode === 'prefer') return false
  const file = parameters.get('sslrootcert')
  const ca = file === null ? {} : { ca: readFileSync(file) }
  const strict = mode === 'verify-full' || parameters.get('sslaccept') === 'strict'
  if (!strict && mode !== 'verify-ca' && file === null) return { rejectUnauthorized: false }
  return { rejectUnauthorized: true, ...ca, ...(strict ? {} : { checkServerIdentity: () => undefined }) }
}

/** The same address with another user. */
export function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = encodeURIComponent(user)
  changed.password = encodeURIComponent(password)
  return changed.href
}
