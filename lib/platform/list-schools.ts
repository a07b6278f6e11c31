import 'server-only'
import { schoolCursor } from '#lib/db/platform/cursor'
import { countSchools, listSchools, type UsageRow, usageOfSchools } from '#lib/db/platform/schools'
import type { SchoolNumbers, SchoolsPage, SchoolsSearch } from '#lib/schools/contract'

/** Numbers of a school that has been made, or is gone, since the list was read. */
const NOTHING: SchoolNumbers = {
  ...{ people: 0, admins: 0, courses: 0, enrollments: 0, storageBytes: 0, activeLastMonth: 0 },
}

/** A row of usage as pages show it. */
export function numbersOf(row: UsageRow | undefined): SchoolNumbers {
  if (row === undefined) return NOTHING
  const { tenantId: _tenantId, ...numbers } = row
  return numbers
}

/**
 * One page of all schools with what they use: three statements, however many there are.
 * @throws AppError 'not_found' for a cursor that isn't ours
 */
export async function readSchools(search: SchoolsSearch, limit: number): Promise<SchoolsPage> {
  const { q, plan, status, sort } = search
  const [totals, found] = await Promise.all([
    countSchools(),
    listSchools({
      q,
      plan: plan === '' ? null : plan,
      status: status === '' ? null : status,
      order: sort,
      cursor: schoolCursor(sort, search.cursor),
      limit,
    }),
  ])
  const usage = await usageOfSchools(found.rows.map((row) => row.id))
  const schools = found.rows.map(({ id, name, subdomain, plan: onPlan, status: standing, createdAt }) => ({
    ...{ id, name, subdomain, plan: onPlan, status: standing, createdAt },
    numbers: numbersOf(usage.get(id)),
  }))
  return { totals, schools, nextCursor: found.nextCursor, previousCursor: found.previousCursor }
}
