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

let trusted: BlockList | undefined

function trustedPeers(): BlockList {
  if (trusted !== undefined) return trusted
  trusted = new BlockList()
  for (const entry of config().trustedProxies) {
    const [address = '', bits] = entry.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(bits), family)
  }
  return trusted
}

/**
 * Called on the raw request before anything reads it: only requests from a configured proxy carry the mark,
 * and everybody else loses the forwarding headers they sent.
 */
export function markPeer(request: IncomingMessage): void {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  if (address !== '' && trustedPeers().check(address, family)) {
    request.headers[TRUSTED] = token()
    return
  }
  for (const name of [
    TRUSTED,
    'forwarded',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-forwarded-for',
    'x-forwarded-port',
  ]) {
    Reflect.deleteProperty(request.headers, name)
  }
}

/** Whether the forwarding headers of this request were set by a configured proxy. */
export function fromTrustedProxy(headers: Headers): boolean {
  return headers.get(TRUSTED) === token()
}

export const TRUSTED_PEER_HEADER = TRUSTED
