import 'server-only'
import { unsubmittedFiles } from '#lib/db/queries/exam-files'
import { forgetFiles } from '#lib/db/queries/files'
import { withTenant } from '#lib/db/tenant'

/** Files that one unit of work lets go. */
const BATCH = 500

/**
 * Lets go of files that were sent during an exam and taken out of the answer again, a week after it was handed in, and
 * gives their school its room back. Their bytes are taken by `removeUnrecorded`.
 * @returns how many there were
 */
export async function forgetUnsubmitted(tenantId: string): Promise<number> {
  let forgotten = 0
  for (;;) {
    const found = await withTenant(tenantId, async (db) => {
      const keys = await unsubmittedFiles(db, BATCH)
      return { keys: keys.length, gone: (await forgetFiles(db, keys)).length }
    })
    forgotten += found.gone
    if (found.keys < BATCH) return forgotten
  }
}
