import 'server-only'
import { findSchool, usageOfSchools } from '#lib/db/platform/schools'
import { AppError } from '#lib/errors'
import type { SchoolDetail } from '#lib/schools/contract'
import { numbersOf } from './list-schools'
import { readLog } from './read-log'

/**
 * One school as the platform sees it: what it is called, what it uses, what was done to it. Three statements.
 * @throws AppError 'not_found'
 */
export async function readSchool(
  input: Readonly<{ schoolId: string; cursor: string | undefined; limit: number }>,
): Promise<SchoolDetail> {
  const { schoolId, cursor, limit } = input
  const [school, usage, log] = await Promise.all([
    findSchool(schoolId),
    usageOfSchools([schoolId]),
    readLog({ q: '', schoolId, cursor, limit }),
  ])
  if (school === null) throw new AppError('not_found', 'There is no such school.')
  return { ...school, numbers: numbersOf(usage.get(schoolId)), log }
}
