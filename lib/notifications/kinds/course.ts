import 'server-only'
import { findNewLessons, findShownCourse } from '#lib/db/queries/notice-facts'
import type { TenantDb } from '#lib/db/tenant'
import { translator } from '#lib/i18n/translate'
import type { Notice, NoticePayload } from '../contract'
import { GATHER_MINUTES } from '../rules/reminders'

/** A course was published, to those who were enrolled before. `id`: of the course. */
export async function coursePublished(db: TenantDb, { id }: NoticePayload): Promise<Notice | null> {
  const course = await findShownCourse(db, id)
  if (course === null) return null
  return {
    type: 'COURSE_UPDATE',
    key: `course-published:${id}`,
    link: `/courses/${id}`,
    audience: { learnersOf: id },
    words: ({ locale }) => {
      const t = translator(locale, 'notices.coursePublished')
      return { title: t('title', { course: course.courseTitle }), message: t('message') }
    },
  }
}

/** Lessons of a course are new: all that opened at the instant `at`, or were added in the hour before it, at once. `id`: of the course. */
export async function newLessons(db: TenantDb, { id, at }: NoticePayload): Promise<Notice | null> {
  const found = await findNewLessons(db, { courseId: id, at: new Date(at ?? 0), minutes: GATHER_MINUTES })
  if (found === null) return null
  const { count, lessonId, lessonTitle, courseTitle } = found
  return {
    type: 'COURSE_UPDATE',
    key: `new-lessons:${id}:${at ?? 0}`,
    link: `/learn/${id}/${lessonId}`,
    audience: { learnersOf: id },
    words: ({ locale }) => {
      const t = translator(locale, 'notices.newLessons')
      return {
        title: t('title', { count, course: courseTitle }),
        message: t('message', { count: count - 1, lesson: lessonTitle }),
      }
    },
  }
}
