import 'server-only'
import type { JobHelpers } from 'graphile-worker'
import { withTenant } from '#lib/db/tenant'
import { forgetUnhanded } from '#lib/assignments/forget-unhanded'
import { forgetUnsubmitted } from '#lib/exams/forget-unsubmitted'
import { awardSeen } from '#lib/exams/grade-attempts'
import { forgetStaleUploads } from '#lib/files/forget-stale-uploads'
import { forgetUnusedFiles } from '#lib/files/forget-unused-files'
import { removeUnrecorded } from '#lib/files/remove-unrecorded'
import { log } from '#lib/observability/log'

/** The one thing these jobs ask of the queue. */
type Queue = Pick<JobHelpers, 'query'>

type Counts = {
  news: number
  tokens: number
  sessions: number
  throttles: number
  requests: number
  notices: number
}

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
 * Does something for one school after the other. One that it fails for keeps the others from nothing; the queue tries
 * again.
 * @returns how many schools there are @throws Error naming how many it failed for
 */
async function eachSchool(queue: Queue, work: string, one: (id: string) => Promise<void>): Promise<number> {
  const { rows } = await queue.query<{ id: string }>('select id from smartlms_school_ids() as id')
  let failed = 0
  for (const { id } of rows) {
    try {
      await one(id)
    } catch (error) {
      failed += 1
      log().warn({ tenantId: id, work, reason: String(error) }, 'nightly work failed for a school')
    }
  }
  if (failed > 0) throw new Error(`${work} failed for ${failed} schools.`)
  return rows.length
}

/**
 * Gives back the room of uploads that nobody finished, of files that no lesson names any more and of those that no
 * attempt or assignment was handed in with, and removes what no school's books hold, school by school.
 * @throws Error naming how many schools were not swept
 */
export async function sweepFiles(_payload: unknown, helpers: Queue): Promise<void> {
  let unused = 0
  let removed = 0
  const schools = await eachSchool(helpers, 'sweeping files', async (id) => {
    await forgetStaleUploads(id)
    unused += (await forgetUnusedFiles(id)) + (await forgetUnsubmitted(id)) + (await forgetUnhanded(id))
    removed += await removeUnrecorded(id, new Date())
  })
  log().info({ schools, unused, removed }, 'files swept')
}

/** Badges of exams whose results are seen since they closed: nobody presses anything then. */
export async function lateBadges(_payload: unknown, helpers: Queue): Promise<void> {
  let given = 0
  const schools = await eachSchool(helpers, 'giving badges', async (id) => {
    given += await withTenant(id, (db) => awardSeen(db, null, new Date()))
  })
  log().info({ schools, given }, 'badges given')
}
