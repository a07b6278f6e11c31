import 'server-only'
import { getFreshness } from '#lib/db/queries/insight-course'
import { listOwnCourses, listOwnMarks, listOwnWeeks, type OwnMarkRow } from '#lib/db/queries/insight-own'
import type { TenantDb } from '#lib/db/tenant'
import { examSettingsSchema } from '#lib/exams/contract/settings'
import { mayReview } from '#lib/exams/rules/review'
import { TREND_WEEKS } from './contract/constants'
import type { OwnInsight } from './contract/views'
import { topicsOf } from './rules/topics'

const COURSES_MOST = 100
const MARKS_MOST = 5_000

/** Whether its learner may see these points: by the exam's newest settings, as on the result's own page. */
function isSeen(row: OwnMarkRow): boolean {
  const settings = examSettingsSchema.parse(row.settings)
  return mayReview(settings, row).score && !Object.hasOwn(settings.voided, row.questionId)
}

/** Numbers about one's own learning, without any of a result that may not be seen yet. Four statements. */
export async function loadOwnInsight(
  db: TenantDb,
  { userId }: Readonly<{ userId: string }>,
): Promise<OwnInsight> {
  const courses = await listOwnCourses(db, { userId, limit: COURSES_MOST })
  const weeks = await listOwnWeeks(db, { userId, weeks: TREND_WEEKS })
  const marks = await listOwnMarks(db, { userId, limit: MARKS_MOST })
  const topics = topicsOf(
    marks.filter(isSeen).map(({ tags, title, points, maxPoints }) => ({
      ...{ tags, exam: title, points: Number(points), maxPoints: Number(maxPoints) },
    })),
  )
  return {
    ...{ courses, topics, freshness: { ...(await getFreshness(db)), madeAt: null } },
    seconds: courses.reduce((sum, { seconds }) => sum + seconds, 0),
    days: weeks[0]?.all ?? 0,
    weeks: weeks.map(({ start, days }) => ({ start, days })),
  }
}
