import 'server-only'
import { loadStreak } from '#lib/awards/load-streak'
import { type LearningRow, listLearning, listTeaching, listUpcoming } from '#lib/db/queries/dashboard'
import type { TenantDb } from '#lib/db/tenant'
import { publicUrl } from '#lib/files/rules'
import type { DashboardView, LearningCard } from './contract'

/** Courses, and things with a time, that the page shows; the catalogue has the rest. */
const COURSES = 50
const ITEMS = 6

function cardOf(tenantId: string, row: LearningRow): LearningCard {
  const { courseId, title, thumbnail, progress, lessonCount, lessonsLeft, nextLessonId, nextLessonTitle } =
    row
  return {
    ...{ courseId, title, progress, lessonCount, lessonsLeft },
    coverUrl: publicUrl(tenantId, thumbnail),
    completed: row.completedAt !== null,
    begun: row.lastActiveAt !== null,
    next:
      nextLessonId === null || nextLessonTitle === null
        ? null
        : { id: nextLessonId, title: nextLessonTitle, durationSeconds: row.nextLessonDuration },
  }
}

type Input = Readonly<{
  userId: string
  name: string
  timeZone: string
  teaches: boolean
  administers: boolean
  now: Date
}>

/** What a person should do next: at most four statements, whatever they learn and teach. */
export async function loadDashboard(db: TenantDb, input: Input): Promise<DashboardView> {
  const { userId, name, timeZone, teaches, administers, now } = input
  const learning = await listLearning(db, { userId, limit: COURSES })
  const upcoming = learning.length === 0 ? [] : await listUpcoming(db, { userId, limit: ITEMS })
  const streak = learning.length === 0 ? null : await loadStreak(db, { userId, timeZone, now })
  const teaching = teaches ? await listTeaching(db, { userId, limit: COURSES }) : null
  return {
    ...{ name, timeZone, administers, upcoming, streak },
    learning: learning.map((row) => cardOf(db.tenantId, row)),
    teaching:
      teaching?.map(({ courseId, title, status, learners, completed }) => ({
        ...{ courseId, title, learners, completed },
        published: status === 'PUBLISHED',
        archived: status === 'ARCHIVED',
      })) ?? null,
  }
}
