import 'server-only'
import { findSchoolBySubdomain } from '#lib/db/platform'
import type { RequestNotes } from '#lib/observability/request-notes'
import { hasPage } from './addresses'
import type { HostTarget } from './host'

/** Where a request goes. `path` null: as it came. A `status` stands only on the pages under /state. */
export type Destination = Readonly<{ path: string | null; status?: number }>

/** Answered on every host, known or not: load balancers call by address. */
const PROBES = new Set(['/healthz', '/readyz'])

/** Paths that mean the same on every host; their handlers read the school from the host themselves. */
const SHARED = /^\/(api\/|media\/|files\/|feeds\/|icon\.svg$|_next\/)/

/** Next answers 500 to an address whose escapes stand for no text; it is one more address that doesn’t exist. */
function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

const MISSING: Destination = { path: '/state/missing', status: 404 }

/**
 * Decides what a path means on a host.
 * @throws AppError 'unavailable' when the database can't be asked
 */
export async function destinationOf(
  target: HostTarget,
  path: string,
  notes: RequestNotes | null,
): Promise<Destination> {
  if (PROBES.has(path)) return { path: null }
  if (target.kind === 'unknown') return { path: '/state/unknown', status: 404 }
  if (target.kind === 'root') {
    return isReadable(path) && (SHARED.test(path) || hasPage('root', path)) ? { path: null } : MISSING
  }
  const school = await findSchoolBySubdomain(target.subdomain)
  if (school === null) return { path: '/state/unknown', status: 404 }
  if (notes !== null) {
    notes.tenantId = school.id
    notes.school = school
  }
  if (school.status !== 'ACTIVE') return { path: '/state/suspended', status: 403 }
  if (!isReadable(path)) return MISSING
  if (SHARED.test(path)) return { path: null }
  if (!hasPage('school', path)) return { path: `/school/${target.subdomain}/missing`, status: 404 }
  return { path: path === '/' ? `/school/${target.subdomain}` : `/school/${target.subdomain}${path}` }
}
