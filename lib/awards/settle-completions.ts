import 'server-only'
import { z } from 'zod'
import { listUnsettled } from '#lib/db/queries/certificates'
import type { TenantDb } from '#lib/db/tenant'
import { awardFor } from './award-for'
import { issueCertificate } from './issue-certificate'

const payload = z.strictObject({ courseId: z.string().regex(/^[a-z0-9]{1,40}$/) })

/** People in one unit of work; the rest follow at the next look. */
const BATCH = 200

/**
 * Gives everybody who completed a course without doing anything (its last open lesson was taken away, its rule was
 * eased) what they would have got for doing it. Once each, however often it is asked.
 */
export async function settleCompletions(db: TenantDb, news: unknown): Promise<void> {
  const { courseId } = payload.parse(news)
  for (;;) {
    const people = await listUnsettled(db, { courseId, limit: BATCH })
    for (const { userId, completedAt } of people) {
      await issueCertificate(db, { userId, courseId })
      const events = [{ kind: 'course-completed', courseId } as const]
      await awardFor(db, { userId, events, now: completedAt })
    }
    if (people.length < BATCH) return
  }
}
