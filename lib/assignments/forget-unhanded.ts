import 'server-only'
import { forgetFiles } from '#lib/db/queries/files'
import { unhandedFiles } from '#lib/db/queries/submission-files'
import { withTenant } from '#lib/db/tenant'

/** Files that one unit of work lets go. */
const BATCH = 500

/**
 * Lets go of files that were sent for an assignment and belong to nothing that was handed in and to no draft, a week
 * after they came, and gives their school its room back. Their bytes are taken by `removeUnrecorded`.
 * @returns how many there were
 */
export async function forgetUnhanded(tenantId: string): Promise<number> {
  let forgotten = 0
  for (;;) {
    const found = await withTenant(tenantId, async (db) => {
      const keys = await unhandedFiles(db, { limit: BATCH, of: null })
      const still = await unhandedFiles(db, { limit: BATCH, of: keys })
      return { keys: keys.length, gone: (await forgetFiles(db, still)).length }
    })
    forgotten += found.gone
    if (found.keys < BATCH) return forgotten
  }
}
