import 'server-only'
import { closeAttempts, lockDue } from '#lib/db/queries/exam-closing'
import { unmarkedSitters } from '#lib/db/queries/exam-marking'
import { withTenant } from '#lib/db/tenant'
import { gradeAttempts } from './grade-attempts'

/** Attempts that one unit of work ends. */
const CLOSE_BATCH = 500
/** Attempts that one unit of work grades: few, because their people's attempts are locked meanwhile. */
const GRADE_BATCH = 50

/**
 * Ends a school's attempts whose time is up, in units of work of their own. What another process is at is left to it.
 * @returns how many were ended
 */
export async function closeDue(tenantId: string): Promise<number> {
  let closed = 0
  for (;;) {
    const found = await withTenant(tenantId, async (db) => {
      const ids = await lockDue(db, CLOSE_BATCH)
      return { locked: ids.length, closed: await closeAttempts(db, ids, 'DEADLINE') }
    })
    closed += found.closed
    if (found.locked < CLOSE_BATCH) return closed
  }
}

/**
 * Grades some of a school's attempts that are in and have no points yet, in one unit of work.
 * @returns how many; 0 when none is left
 */
export async function gradeSome(tenantId: string): Promise<number> {
  return withTenant(tenantId, async (db) =>
    gradeAttempts(db, await unmarkedSitters(db, GRADE_BATCH), new Date()),
  )
}
