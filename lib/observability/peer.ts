import 'server-only'
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv6 } from 'node:net'
import { config } from '#lib/config'

/** Request header that says "this came through a trusted reverse proxy". Its value is secret to the process. */
const TRUSTED = 'x-smartlms-trusted-peer'

const store = globalThis as typeof globalThis & { smartlmsPeerToken?: string }

function token(): string {
  return (store.smartlmsPeerToken ??= randomBytes(24).toString('base64url'))
}

const FORWARDING = new Set([
  'forwarded',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-for',
  'x-forwarded-port',
])

let trusted: BlockList | undefined

function trustedPeers(): BlockList {
  if (trusted !== undefined) return trusted
  trusted = new BlockList()
  for (const { address, bits } of config().trustedProxies) {
    trusted.addSubnet(address, bits, isIPv6(address) ? 'ipv6' : 'ipv4')
  }
  return trusted
}

/** Headers that only this server sets. A client that sends one is not heard. */
const OURS = /^x-(smartlms-|nonce$)/

function isTrusted(address: string): boolean {
  return address !== '' && trustedPeers().check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

function plain(address: string): string {
  return address.trim().replace(/^::ffff:/, '')
}

/**
 * The address that a request came from: of the last hop that is no proxy of ours. What stands to the left of it in
 * X-Forwarded-For was written by strangers.
 */
function clientOf(peer: string, forwarded: string | undefined): string {
  const hops = [
    ...(forwarded ?? '')
      .split(',')
      .map(plain)
      .filter((hop) => isIP(hop) !== 0),
    peer,
  ]
  return hops.findLast((hop) => !isTrusted(hop)) ?? peer
}

/**
 * Called on the raw request before anything reads it: only requests from a configured proxy carry the mark,
 * everybody else loses the forwarding headers they sent, and nobody keeps a header of ours. A request that the
 * server sends to itself (Next does, for actions) comes with the mark already; it stays what its first hop made it.
 * @returns the address that the request came from
 */
export function markPeer(request: IncomingMessage): string {
  const own = request.headers[TRUSTED] === token()
  const address = plain(request.socket.remoteAddress ?? '')
  const proxied = isTrusted(address)
  const forwarded = request.headers['x-forwarded-for']
  const client = clientOf(address, own || proxied ? [forwarded].flat().join(',') : undefined)
  const dropped = Object.keys(request.headers).filter(
    (name) => OURS.test(name) || (!own && !proxied && FORWARDING.has(name)),
  )
  for (const name of dropped) Reflect.deleteProperty(request.headers, name)
  if (own || proxied) request.headers[TRUSTED] = token()
  return client
}

/** Whether the forwarding headers of this request were set by a configured proxy, or by this server itself. */
export function fromTrustedProxy(headers: Headers): boolean {
  return headers.get(TRUSTED) === token()
}

/** Marks the headers of a request that goes on inside this server as checked. */
export function markChecked(headers: Headers): void {
  headers.set(TRUSTED, token())
}
