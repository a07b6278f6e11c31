import 'server-only'
import { statusOf } from '#lib/errors'
import type { HostTarget } from './host'

/** Methods that change nothing. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Bytes of a request's body. */
export const BODY_LIMIT = 1_000_000

/** Pages whose forms carry files, and how many bytes theirs may have: from somebody who holds a session's cookie. */
const UPLOADS: ReadonlyMap<string, number> = new Map([
  ['/account', 9_000_000],
  ['/admin/brand', 9_000_000],
  ['/admin/people/import', 2_000_000],
  // Larger files come in parts.
  ['/api/assignments/file', 5_000_000],
  ['/api/exams/file', 5_000_000],
])

/** Where the lesson editor sends documents, pictures and parts of films. */
const EDITOR = { below: '/api/editor/', bytes: 9_000_000 } as const

/** Whether there is a session's cookie at all: strangers can't make the server hold large bodies. */
function claimsSession(headers: Headers): boolean {
  return /(?:^|;\s*)(?:__Host-)?smartlms\.session=[\w-]{43}/.test(headers.get('cookie') ?? '')
}

function limitOf({ nextUrl, headers }: Asked): number {
  if (!claimsSession(headers)) return BODY_LIMIT
  if (nextUrl.pathname.startsWith(EDITOR.below)) return EDITOR.bytes
  return UPLOADS.get(nextUrl.pathname) ?? BODY_LIMIT
}

/** Browsers send these by themselves, from wherever they are. */
const FROM_ANYWHERE = new Set(['/api/csp-report'])

type Asked = Readonly<{ method: string; headers: Headers; nextUrl: Readonly<{ pathname: string }> }>

/**
 * Whether a request is refused before anybody looks at it: a body without a known and acceptable length, or a change
 * that another site's page sent. Schools are one site to a browser, so cookies alone don't tell them apart.
 * Nor do they tell a host's pages over https from those that somebody on the way made up over http.
 * @param https of the connection that the browser made, as far as a trusted proxy says so
 * @returns the status to answer with, or null
 */
export function refusalOf(request: Asked, target: HostTarget, https: boolean): number | null {
  if (SAFE.has(request.method)) return null
  const length = request.headers.get('content-length')
  if (request.headers.has('transfer-encoding') || (length !== null && !/^\d{1,15}$/.test(length))) return 411
  if (Number(length ?? 0) > limitOf(request)) return statusOf('payload_too_large')
  const origin = request.headers.get('origin')
  if (origin === null || target.kind === 'unknown' || FROM_ANYWHERE.has(request.nextUrl.pathname)) return null
  const own = new URL(`${https ? 'https' : 'http'}://${target.host}`).origin
  return URL.canParse(origin) && new URL(origin).origin === own ? null : statusOf('forbidden')
}
