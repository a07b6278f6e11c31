import 'server-only'
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'
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

/**
 * Called on the raw request before anything reads it: only requests from a configured proxy carry the mark,
 * everybody else loses the forwarding headers they sent, and nobody keeps a header of ours. A request that the
 * server sends to itself (Next does, for actions) comes with the mark already; it stays what its first hop made it.
 */
export function markPeer(request: IncomingMessage): void {
  const own = request.headers[TRUSTED] === token()
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  const proxied = address !== '' && trustedPeers().check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
  const dropped = Object.keys(request.headers).filter(
    (name) => OURS.test(name) || (!own && !proxied && FORWARDING.has(name)),
  )
  for (const name of dropped) Reflect.deleteProperty(request.headers, name)
  if (own || proxied) request.headers[TRUSTED] = token()
}

/** Whether the forwarding headers of this request were set by a configured proxy, or by this server itself. */
export function fromTrustedProxy(headers: Headers): boolean {
  return headers.get(TRUSTED) === token()
}

/** Marks the headers of a request that goes on inside this server as checked. */
export function markChecked(headers: Headers): void {
  headers.set(TRUSTED, token())
}
