import { NextResponse, type NextRequest } from 'next/server'
import { codeOf, statusOf } from '#lib/errors'
import { log } from '#lib/observability/log'
import { fromTrustedProxy, markChecked } from '#lib/observability/peer'
import { REQUEST_ID } from '#lib/observability/request-log'
import { notesOf } from '#lib/observability/request-notes'
import { runtime } from '#lib/security/runtime'
import {
  contentSecurityPolicy,
  FILE_POLICY,
  isFilePath,
  isLessonPath,
  securityHeaders,
} from '#lib/security/headers'
import { refusalOf } from '#lib/tenancy/acceptable'
import { type HostTarget, parseHost } from '#lib/tenancy/host'
import { destinationOf, type Destination } from '#lib/tenancy/routing'

type Hop = Readonly<{ target: HostTarget; named: string | null; https: boolean }>

/** The host and scheme that a request came to. Forwarding headers count only from a configured proxy. */
function hopOf(request: NextRequest): Hop {
  const trusted = fromTrustedProxy(request.headers)
  const named = (trusted ? request.headers.get('x-forwarded-host') : null) ?? request.headers.get('host')
  const https = trusted && request.headers.get('x-forwarded-proto') === 'https'
  return { target: parseHost(named, runtime().rootDomain), named, https }
}

/** Where the request goes. Whatever keeps a host from being resolved: nothing may be served, another try may work. */
async function destinationFor(request: NextRequest, { target }: Hop): Promise<Destination> {
  const id = request.headers.get(REQUEST_ID)
  try {
    return await destinationOf(target, request.nextUrl.pathname, notesOf(id))
  } catch (error) {
    log().error({ id, code: codeOf(error), error: String(error) }, 'host resolution failed')
    return { path: '/state/unavailable', status: statusOf('unavailable') }
  }
}

/**
 * Maps a host to its school, and nothing more: this file routes, it is never the lock.
 * Guards run in the pages, actions and routes themselves.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const hop = hopOf(request)
  const refused = refusalOf(request, hop.target, hop.https)
  if (refused !== null) return plain(refused, hop.https)
  const destination = await destinationFor(request, hop)
  // An action belongs to a page. Where there is none, Next would look for it at the server's own address.
  if (destination.status !== undefined && request.headers.has('next-action')) {
    return plain(destination.status, hop.https)
  }
  const nonce = crypto.randomUUID()
  const films = destination.status === undefined && isLessonPath(request.nextUrl.pathname)
  const policy = contentSecurityPolicy(nonce, {
    ...{ https: hop.https, development: runtime().development, films },
  })
  const headers = requestHeaders(request, hop, { nonce, policy, destination })
  const response = responseTo(request, destination, headers)
  for (const [name, value] of Object.entries(securityHeaders(hop.https))) response.headers.set(name, value)
  if (destination.status === statusOf('unavailable')) response.headers.set('Retry-After', '2')
  // Next keeps what is set here and drops what a route says, so a file's policy has to be decided here.
  const asFile = destination.status === undefined && isFilePath(request.nextUrl.pathname)
  response.headers.set('Content-Security-Policy', asFile ? FILE_POLICY : policy)
  response.headers.set('X-Request-Id', request.headers.get(REQUEST_ID) ?? '')
  return response
}

function responseTo(request: NextRequest, { path, status }: Destination, headers: Headers): NextResponse {
  const init = { request: { headers } }
  if (path === null) return NextResponse.next(init)
  const url = request.nextUrl.clone()
  url.pathname = path
  return NextResponse.rewrite(url, status === undefined ? init : { ...init, status })
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
  { target, named, https }: Hop,
  made: Readonly<{ nonce: string; policy: string; destination: Destination }>,
): Headers {
  const headers = new Headers(request.headers)
  for (const name of [...headers.keys()]) {
    if (name.startsWith('x-smartlms-')) headers.delete(name)
  }
  // What Next sends to itself with these headers is then known to be this same, checked request.
  markChecked(headers)
  headers.set('x-forwarded-host', target.kind === 'unknown' ? 'invalid' : target.host)
  headers.set('x-forwarded-proto', https ? 'https' : 'http')
  headers.set('x-nonce', made.nonce)
  headers.set('content-security-policy', made.policy)
  headers.set('x-smartlms-path', request.nextUrl.pathname)
  // Where somebody who has to sign in first was going. The framework's own parameter is none of theirs.
  const search = new URLSearchParams(request.nextUrl.searchParams)
  search.delete('_rsc')
  headers.set(
    'x-smartlms-address',
    `${request.nextUrl.pathname}${search.size > 0 ? `?${search.toString()}` : ''}`,
  )
  headers.set('x-smartlms-site', siteUrl(named, https))
  if (made.destination.status !== undefined) headers.set('x-smartlms-state', made.destination.path ?? '')
  return headers
}

export const config = { matcher: ['/((?!_next/static/).*)'] }
