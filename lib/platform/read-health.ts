import 'server-only'
import { schoolCursor } from '#lib/db/platform/cursor'
import { healthOfSchools, listSchools } from '#lib/db/platform/schools'
import type { SchoolHealth } from '#lib/insight/contract/views'

const NOTHING = {
  ...{
    learnersWeek: 0,
    learnersBefore: 0,
    enrollments: 0,
    completions: 0,
    lettersWaiting: 0,
    marksWaiting: 0,
  },
}

/**
 * One page of all schools by name, with numbers of how they fare: two statements, however many there are.
 * @throws AppError 'not_found' for a cursor that isn't ours
 */
export async function readHealth(
  cursor: string | undefined,
  limit: number,
): Promise<{ schools: SchoolHealth[]; nextCursor: string | null; previousCursor: string | null }> {
  const found = await listSchools({
    ...{ q: '', plan: null, status: null, order: 'name', limit },
    cursor: schoolCursor('name', cursor),
  })
  const health = await healthOfSchools(found.rows.map(({ id }) => id))
  const schools = found.rows.map(({ id, name, subdomain, status }): SchoolHealth => {
    const { tenantId: _tenantId, ...numbers } = health.get(id) ?? { tenantId: id, ...NOTHING }
    return { id, name, subdomain, status, ...numbers }
  })
  return { schools, nextCursor: found.nextCursor, previousCursor: found.previousCursor }
}
