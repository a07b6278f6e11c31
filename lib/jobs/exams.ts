import 'server-only'
import type { WorkerUtils } from 'graphile-worker'
import { closeDue, gradeSome } from '#lib/exams/close-due'
import { log } from '#lib/observability/log'
import { keepLooking } from './loop'

/**
 * Ends exams at their deadline though no browser is there any more. A loop of its own beside the queue: a deadline is a
 * moment, thousands have the same one, and it must not stand in line behind letters.
 */

/** Milliseconds between two looks; with the grace of an answer on its way all is ended within 5 s of a deadline. */
const PAUSE = 500
/** Up to as many more, so that several workers don't look at the same moment. */
const JITTER = 100
/** As `GRACE_SECONDS`. */
const GRACE = 3
/** Milliseconds until an attempt that could not be graded is tried again. */
const AGAIN = 60_000

type School = { id: string }

/** Whose attempts could not be graded lately. */
type Failed = Map<string, number>

async function dueSchools(utils: WorkerUtils): Promise<string[]> {
  return utils.withPgClient(async (client) => {
    const { rows } = await client.query<School>(
      'select id from smartlms_schools_with_due_attempts($1) as id order by id',
      [GRACE],
    )
    return rows.map(({ id }) => id)
  })
}

async function gradeSchool(tenantId: string, failed: Failed): Promise<number> {
  for (const [who, until] of failed) if (until < Date.now()) failed.delete(who)
  const keyOf = ({ examId, userId }: { examId: string; userId: string }) => `${tenantId}/${examId}/${userId}`
  const done = await gradeSome(tenantId, {
    leaveOut: (sitter) => failed.has(keyOf(sitter)),
    most: failed.size,
  })
  for (const { sitter, reason } of done.failed) {
    failed.set(keyOf(sitter), Date.now() + AGAIN)
    log().error({ tenantId, ...sitter, reason }, 'an attempt could not be graded')
  }
  return done.graded
}

/** One look: first all that has to be ended, then some of what has to be graded. @returns whether there was anything */
async function look(utils: WorkerUtils, failed: Failed): Promise<boolean> {
  const schools = await dueSchools(utils)
  const counts = { closed: 0, graded: 0 }
  const began = performance.now()
  for (const work of ['closed', 'graded'] as const) {
    for (const tenantId of schools) {
      try {
        counts[work] += await (work === 'closed' ? closeDue(tenantId) : gradeSchool(tenantId, failed))
      } catch (error) {
        log().warn({ tenantId, work, reason: String(error) }, 'exams of a school could not be ended now')
      }
    }
  }
  const any = counts.closed + counts.graded > 0
  if (any) log().info({ ...counts, ms: Math.round(performance.now() - began) }, 'exams ended')
  return any
}

/** Starts looking. @returns what stops it, after the look that is on */
export function endExams(utils: WorkerUtils): () => Promise<void> {
  const failed: Failed = new Map()
  return keepLooking({ what: 'exams', pause: PAUSE, jitter: JITTER }, () => look(utils, failed))
}
