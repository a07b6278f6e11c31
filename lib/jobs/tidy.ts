import 'server-only'
import type { JobHelpers } from 'graphile-worker'
import { forgetStaleUploads } from '#lib/files/forget-stale-uploads'
import { forgetUnusedFiles } from '#lib/files/forget-unused-files'
import { removeUnrecorded } from '#lib/files/remove-unrecorded'
import { log } from '#lib/observability/log'

/** The one thing these jobs ask of the queue. */
type Queue = Pick<JobHelpers, 'query'>

type Counts = { news: number; tokens: number; sessions: number; throttles: number; requests: number }

/** Jobs that were given up a month ago. Completing them is the queue's word for removing them. */
const OLD_JOBS = `select count(*)::int as jobs from graphile_worker.complete_jobs(array(
  select id from graphile_worker.jobs
  where attempts >= max_attempts and locked_at is null and updated_at < now() - interval '30 days'))`

/** Removes what is of no use any more, in all schools at once: a function of the database does it and gives numbers alone. */
export async function tidy(_payload: unknown, helpers: Queue): Promise<void> {
  const { rows } = await helpers.query<Counts>('select * from smartlms_tidy()')
  const { rows: old } = await helpers.query<{ jobs: number }>(OLD_JOBS)
  log().info({ ...rows[0], ...old[0] }, 'tidied up')
}

/** Removes for good what was deleted a month ago: people, courses and what belongs to them. */
export async function purge(_payload: unknown, helpers: Queue): Promise<void> {
  const { rows } = await helpers.query<{ people: number; courses: number; parts: number }>(
    'select * from smartlms_purge()',
  )
  log().info({ ...rows[0] }, 'purged')
}

/**
 * Gives back the room of uploads that nobody finished and of files that no lesson names any more, and removes what no
 * school's books hold, school by school. One whose files can't be reached now keeps the others from nothing; the queue
 * tries again.
 * @throws Error naming how many schools were not swept
 */
export async function sweepFiles(_payload: unknown, helpers: Queue): Promise<void> {
  const { rows } = await helpers.query<{ id: string }>('select id from smartlms_school_ids() as id')
  let unused = 0
  let removed = 0
  let failed = 0
  for (const { id } of rows) {
    try {
      await forgetStaleUploads(id)
      unused += await forgetUnusedFiles(id)
      removed += await removeUnrecorded(id, new Date())
    } catch (error) {
      failed += 1
      log().warn({ tenantId: id, reason: String(error) }, 'files could not be swept')
    }
  }
  log().info({ schools: rows.length, unused, removed, failed }, 'files swept')
  if (failed > 0) throw new Error(`The files of ${failed} schools could not be swept.`)
}
