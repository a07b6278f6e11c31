import 'server-only'
import { statusOf } from '#lib/errors'
import type { HostTarget } from './host'

/** Methods that change nothing. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Bytes of a request's body. Larger things get a path and a limit of their own when there are uploads. */
export const BODY_LIMIT = 1_000_000

/** Browsers send these by themselves, from wherever they are. */
const FROM_ANYWHERE = new Set(['/api/csp-report'])

type Asked = Readonly<{ method: string; headers: Headers; nextUrl: Readonly<{ pathname: string }> }>

/**
 * Whether a request is refused before anybody looks at it: a body without a known and acceptable length, or a change
 * that another site's page sent. Schools are one site to a browser, so cookies alone don't tell them apart.
 * @returns the status to answer with, or null
 */
export function refusalOf(request: Asked, target: HostTarget): number | null {
  if (SAFE.has(request.method)) return null
  const length = request.headers.get('content-length')
  if (request.headers.has('transfer-encoding') || (length !== null && !/^\d{1,15}$/.test(length))) return 411
  if (Number(length ?? 0) > BODY_LIMIT) return statusOf('payload_too_large')
  const origin = request.headers.get('origin')
  if (origin === null || target.kind === 'unknown' || FROM_ANYWHERE.has(request.nextUrl.pathname)) return null
  return URL.canParse(origin) && new URL(origin).host === target.host ? null : statusOf('forbidden')
}
