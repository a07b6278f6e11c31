import 'server-only'
import type { WorkerUtils } from 'graphile-worker'
import { makeReport } from '#lib/insight/make-report'
import { log } from '#lib/observability/log'
import { keepLooking } from './loop'

/**
 * Makes the reports that pages of large courses and schools read in place of counting. Small ones have none: their pages
 * count, and are never behind.
 */

/** People in a course, and enrollments in a school, from which there is a report. */
const SEATS = { course: 500, school: 5_000 } as const

/** Seconds until a report is made anew where somebody learned since, and where nobody did. */
const AGES = { busy: 600, still: 3_600 } as const
/** Milliseconds between two looks, and until those that have none yet are looked for again. */
const PAUSE = 20_000
const JITTER = 5_000
const SEARCH = 600_000

type Due = { tenantId: string; courseId: string | null }

function ask(utils: WorkerUtils, name: 'due' | 'missing', values: readonly number[]): Promise<Due[]> {
  return utils.withPgClient(async (client) => {
    const { rows } = await client.query<Due>(`select * from smartlms_reports_${name}($1, $2)`, [...values])
    return rows
  })
}

/** What could not be made lately, until when it is left alone: it would fail again, and take as long. */
type Failed = Map<string, number>

/** @returns how many were made */
async function make(all: readonly Due[], failed: Failed, stopped: AbortSignal): Promise<number> {
  let made = 0
  for (const [key, until] of failed) if (until < Date.now()) failed.delete(key)
  for (const due of all) {
    if (stopped.aborted) return made
    const key = `${due.tenantId}/${due.courseId ?? ''}`
    if (failed.has(key)) continue
    try {
      await makeReport(due)
      made += 1
    } catch (error) {
      failed.set(key, Date.now() + AGES.busy * 1_000)
      log().warn({ ...due, reason: String(error) }, 'a report could not be made now')
    }
  }
  return made
}

/** Starts looking. @returns what stops it, after the report that is being made */
export function makeReports(utils: WorkerUtils): () => Promise<void> {
  let searched = -Infinity
  const failed: Failed = new Map()
  return keepLooking({ what: 'reports', pause: PAUSE, jitter: JITTER }, async (stopped) => {
    const began = performance.now()
    const isSearch = began - searched > SEARCH
    if (isSearch) searched = began
    const missing = isSearch ? await ask(utils, 'missing', [SEATS.course, SEATS.school]) : []
    const all = [...missing, ...(await ask(utils, 'due', [AGES.busy, AGES.still]))]
    const made = await make(all, failed, stopped)
    if (made > 0) log().info({ reports: made, ms: Math.round(performance.now() - began) }, 'reports made')
    return false
  })
}
