import { z } from 'zod'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { json, schoolRoute } from '#lib/auth/route'
import { withTenant } from '#lib/db/tenant'
import { recordProgress } from '#lib/learning/record-progress'
import type { ProgressAnswer } from '#lib/player/contract'
import { readReport } from '#lib/player/read-report'
import { BEACON_LIMIT } from '#lib/player/rules'
import { readLimited } from '#lib/security/read-limited'

/**
 * Takes what a lesson's page reports of its film. What was watched is the learner's own word (no browser can prove
 * that somebody looked), bounded by the film's length and to their own enrollment; nothing is refused as too quick,
 * because a page that had no connection reports an hour at once.
 */
export const POST = schoolRoute({
  id: 'progress.report',
  access: anyPerson('One’s own progress; the enrollment decides which courses have any.'),
  query: z.strictObject({}),
  params: z.strictObject({}),
  run: async ({ request, school, actor }) => {
    const report = readReport(await readLimited(request, BEACON_LIMIT))
    const { courseId, lessonId, position, ranges, viewed = false } = report
    const { userId } = person(actor)
    const marks = [{ lessonId, position, completed: null, watched: ranges, viewed }]
    const now = new Date()
    const done = await withTenant(school.id, (db) => recordProgress(db, { userId, courseId, marks, now }))
    const { progress, newlyCompleted, courseCompleted } = done
    return json({ progress, newlyCompleted, courseCompleted } satisfies ProgressAnswer)
  },
})
