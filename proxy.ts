import { NextResponse, type NextRequest } from 'next/server'
import { codeOf, statusOf } from '#lib/errors'
import { log } from '#lib/observability/log'
import { fromTrustedProxy, markChecked } from '#lib/observability/peer'
import { REQUEST_ID } from '#lib/observability/request-log'
import { notesOf } from '#lib/observability/request-notes'
import { runtime } from '#lib/security/runtime'
import { contentSecurityPolicy, securityHeaders } from '#lib/security/headers'
import { refusalOf } from '#lib/security/acceptable'
import { parseHost } from '#lib/tenancy/host'
import { destinationOf, type Destination } from '#lib/tenancy/routing'

/**
 * Maps a host to its school, and nothing more: this file routes, it is never the lock.
 * Guards run in the pages, actions and routes themselves.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const trusted = fromTrustedProxy(request.headers)
  const named = (trusted ? request.headers.get('x-forwarded-host') : null) ?? request.headers.get('host')
  const https = trusted && request.headers.get('x-forwarded-proto') === 'https'
  const target = parseHost(named, runtime().rootDomain)
  const notes = notesOf(request.headers.get(REQUEST_ID))
  const unacceptable = refusalOf(request, target)
  if (unacceptable !== null) return plain(unacceptable, https)
  let destination: Destination
  try {
    destination = await destinationOf(target, request.nextUrl.pathname, notes)
  } catch (error) {
    // Whatever kept the host from being resolved: without it nothing may be served, and another try may work.
    log().error(
      { id: request.headers.get(REQUEST_ID), code: codeOf(error), error: String(error) },
      'host resolution failed',
    )
    destination = { path: '/state/unavailable', status: statusOf('unavailable') }
  }

  // An action belongs to a page. Where there is none, Next would look for it at the server's own address.
  if (destination.status !== undefined && request.headers.has('next-action'))
    return plain(destination.status, https)

  const nonce = crypto.randomUUID()
  const policy = contentSecurityPolicy(nonce, { https, development: runtime().development })
  const headers = requestHeaders(request, {
    host: target.kind === 'unknown' ? 'invalid' : target.host,
    https,
    nonce,
    policy,
  })
  headers.set('x-smartlms-path', request.nextUrl.pathname)
  headers.set('x-smartlms-site', siteUrl(named, https))
  if (destination.status !== undefined) headers.set('x-smartlms-state', destination.path ?? '')

  const init = { request: { headers } }
  const url = request.nextUrl.clone()
  url.pathname = destination.path ?? url.pathname
  const response =
    destination.path === null
      ? NextResponse.next(init)
      : NextResponse.rewrite(url, {
          ...init,
          ...(destination.status === undefined ? {} : { status: destination.status }),
        })
  for (const [name, value] of Object.entries(securityHeaders(https))) response.headers.set(name, value)
  if (destination.status === statusOf('unavailable')) response.headers.set('Retry-After', '2')
  response.headers.set('Content-Security-Policy', policy)
  response.headers.set('X-Request-Id', request.headers.get(REQUEST_ID) ?? '')
  return response
}

/** A refusal without a page. */
function plain(status: number, https: boolean): NextResponse {
  return new NextResponse(null, { status, headers: securityHeaders(https) })
}

/** Address of the root host, on the port that this request came to. */
function siteUrl(host: string | null, https: boolean): string {
  const port = /:(\d{1,5})$/.exec(host ?? '')?.[0] ?? ''
  return `${https ? 'https' : 'http'}://${runtime().rootDomain}${port}/`
}

/** The headers that pages and actions see: forwarding headers hold the validated host, nothing private came from outside. */
function requestHeaders(
  request: NextRequest,
  trusted: { host: string; https: boolean; nonce: string; policy: string },
): Headers {
  const headers = new Headers(request.headers)
  for (const name of [...headers.keys()]) {
    if (name.startsWith('x-smartlms-')) headers.delete(name)
  }
  // What Next sends to itself with these headers is then known to be this same, checked request.
  markChecked(headers)
  headers.set('x-forwarded-host', trusted.host)
  headers.set('x-forwarded-proto', trusted.https ? 'https' : 'http')
  headers.set('x-nonce', trusted.nonce)
  headers.set('content-security-policy', trusted.policy)
  return headers
}

export const config = { matcher: ['/((?!_next/static/).*)'] }
