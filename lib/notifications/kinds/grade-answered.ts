import 'server-only'
import { findAnsweredQuestion } from '#lib/db/queries/notices'
import type { TenantDb } from '#lib/db/tenant'
import { translator } from '#lib/i18n/translate'
import type { Notice, NoticePayload } from '../contract'

/** Somebody asked about a grade and was answered. `id`: of the question. */
export async function gradeAnswered(db: TenantDb, { id }: NoticePayload): Promise<Notice | null> {
  const question = await findAnsweredQuestion(db, id)
  if (question === null) return null
  const { userId, courseId, courseTitle } = question
  return {
    type: 'GRADE_RELEASED',
    key: `grade-answered:${id}`,
    link: `/courses/${courseId}/grades`,
    audience: { users: [userId] },
    words: ({ locale }) => {
      const t = translator(locale, 'notices.gradeAnswered')
      return { title: t('title'), message: t('message', { course: courseTitle }) }
    },
  }
}
