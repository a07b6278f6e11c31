import 'server-only'
import { closeAttempts, lockDue } from '#lib/db/queries/exam-closing'
import { type Sitter, unmarkedSitters } from '#lib/db/queries/exam-marking'
import { withTenant } from '#lib/db/tenant'
import { codeOf } from '#lib/errors'
import { gradeAttempts } from './grade-attempts'

/** Attempts that one unit of work ends. */
const CLOSE_BATCH = 500
/** People whose attempts one unit of work grades: few, because those are locked meanwhile. */
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

export type Graded = Readonly<{
  graded: number
  /** Those whose attempts could not be graded, and why. */
  failed: readonly Readonly<{ sitter: Sitter; reason: string }>[]
}>

/**
 * Grades some of a school's attempts that are in and have no points yet. Where one can't be, the others of its batch are
 * graded one by one.
 * @param input `leaveOut` says whose are not to be tried now, of whom there are `most` at most
 */
export async function gradeSome(
  tenantId: string,
  { leaveOut, most }: Readonly<{ leaveOut: (sitter: Sitter) => boolean; most: number }>,
): Promise<Graded> {
  const found = await withTenant(tenantId, (db) => unmarkedSitters(db, GRADE_BATCH + most))
  const sitters = found.filter((sitter) => !leaveOut(sitter)).slice(0, GRADE_BATCH)
  const grade = (some: readonly Sitter[]) => withTenant(tenantId, (db) => gradeAttempts(db, some, new Date()))
  try {
    return { graded: sitters.length === 0 ? 0 : await grade(sitters), failed: [] }
  } catch {
    let graded = 0
    const failed: { sitter: Sitter; reason: string }[] = []
    for (const sitter of sitters) {
      try {
        graded += await grade([sitter])
      } catch (error) {
        // Not its own fault: it is tried again with the next look.
        if (codeOf(error) === 'unexpected') failed.push({ sitter, reason: String(error) })
      }
    }
    return { graded, failed }
  }
}
