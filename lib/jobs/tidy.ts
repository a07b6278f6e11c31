import 'server-only'
import type { JobHelpers } from 'graphile-worker'
import { log } from '#lib/observability/log'

type Counts = { news: number; tokens: number; sessions: number; throttles: number; requests: number }

/** Jobs that were given up a month ago. Completing them is the queue's word for removing them. */
const OLD_JOBS = `select count(*)::int as jobs from graphile_worker.complete_jobs(array(
  select id from graphile_worker.jobs
  where attempts >= max_attempts and locked_at is null and updated_at < now() - interval '30 days'))`

/** Removes what is of no use any more, in all schools at once: a function of the database does it and gives numbers alone. */
export async function tidy(_payload: unknown, helpers: JobHelpers): Promise<void> {
  const { rows } = await helpers.query<Counts>('select * from smartlms_tidy()')
  const { rows: old } = await helpers.query<{ jobs: number }>(OLD_JOBS)
  log().info({ ...rows[0], ...old[0] }, 'tidied up')
}
