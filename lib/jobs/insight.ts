import 'server-only'
import type { WorkerUtils } from 'graphile-worker'
import { foldSchool } from '#lib/insight/fold-marks'
import { log } from '#lib/observability/log'
import { keepLooking } from './loop'

/**
 * Folds what learners did into the tallies that numbers are read from. A loop of its own beside the queue: marks come
 * with every second of a film, and a job for each would be more work than the folding.
 */

/** Milliseconds between two looks. */
const PAUSE = 5_000
/** Up to as many more, so that several workers don't look at the same moment. */
const JITTER = 1_000

async function schoolsWithMarks(utils: WorkerUtils): Promise<string[]> {
  return utils.withPgClient(async (client) => {
    const { rows } = await client.query<{ id: string }>('select id from smartlms_schools_with_marks() as id')
    return rows.map(({ id }) => id)
  })
}

async function look(utils: WorkerUtils): Promise<false> {
  const began = performance.now()
  let marks = 0
  for (const tenantId of await schoolsWithMarks(utils)) {
    try {
      marks += await foldSchool(tenantId)
    } catch (error) {
      log().warn({ tenantId, reason: String(error) }, 'marks of a school could not be folded now')
    }
  }
  if (marks > 0) log().info({ marks, ms: Math.round(performance.now() - began) }, 'marks folded')
  return false
}

/** Starts looking. @returns what stops it, after the look that is on */
export function foldAllMarks(utils: WorkerUtils): () => Promise<void> {
  return keepLooking({ what: 'marks', pause: PAUSE, jitter: JITTER }, () => look(utils))
}
