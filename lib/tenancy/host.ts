/** What a Host header stands for. `host` is canonical: lower case, no trailing dot, with its port if it had one. */
export type HostTarget =
  { kind: 'root'; host: string } | { kind: 'school'; host: string; subdomain: string } | { kind: 'unknown' }

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`)
const WITH_PORT = /^([^:]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?$/
const LOOPBACK = new Set(['127.0.0.1', '[::1]'])

/**
 * Reads a Host header against the root domain. Anything that is not exactly the root domain or exactly one
 * label in front of it is unknown: nothing is trimmed, guessed or looked up by a prefix.
 */
export function parseHost(header: string | null | undefined, rootDomain: string): HostTarget {
  const match = WITH_PORT.exec((header ?? '').toLowerCase())
  const named = match?.[1]
  if (named === undefined) return { kind: 'unknown' }
  const port = match?.[2] === undefined ? '' : `:${match[2]}`
  if (LOOPBACK.has(named)) {
    return rootDomain === 'localhost' ? { kind: 'root', host: `${named}${port}` } : { kind: 'unknown' }
  }
  const name = named.endsWith('.') ? named.slice(0, -1) : named
  if (name.length > 253 || !NAME.test(name)) return { kind: 'unknown' }
  if (name === rootDomain || name === `www.${rootDomain}`) return { kind: 'root', host: `${name}${port}` }
  if (!name.endsWith(`.${rootDomain}`)) return { kind: 'unknown' }
  const subdomain = name.slice(0, -rootDomain.length - 1)
  if (subdomain.includes('.')) return { kind: 'unknown' }
  return { kind: 'school', host: `${name}${port}`, subdomain }
}
