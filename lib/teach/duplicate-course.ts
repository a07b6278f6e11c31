import 'server-only'
import { copyCourse } from '#lib/db/queries/course-copy'
import { lockEditable, type Author } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { translator } from '#lib/i18n/translate'
import { takeCoursePlace } from '#lib/plans/take-course-place'
import { TITLE_MAX } from './rules'

/**
 * Copies a course, parts and all, into a draft of whoever asks. With the same id it is copied once.
 * @param input.limit of the school's plan; null: none
 * @throws AppError 'limit_reached', 'not_found'; 'forbidden' when the course is a colleague's
 */
export async function duplicateCourse(
  db: TenantDb,
  input: Readonly<{ id: string; courseId: string; by: Author; limit: number | null; locale: string }>,
): Promise<{ id: string; created: boolean; title: string }> {
  const { id, courseId, by, limit, locale } = input
  const { title: original } = await lockEditable(db, { courseId, by })
  const t = translator(locale, 'teach')
  const room = TITLE_MAX - t('copyTitle', { title: '' }).length
  const title = t('copyTitle', { title: [...original].slice(0, room).join('') })
  const copy = await copyCourse(db, { courseId, copyId: id, title, instructorId: by.userId })
  if (copy.created) await takeCoursePlace(db, limit)
  return { ...copy, title }
}
