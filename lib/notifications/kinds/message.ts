import 'server-only'
import { findMessage } from '#lib/db/queries/notice-facts'
import type { TenantDb } from '#lib/db/tenant'
import { translator } from '#lib/i18n/translate'
import type { Notice, NoticePayload } from '../contract'

/**
 * Somebody who teaches a course wrote to one of its learners; the whole text stands in the notice. A letter with the same
 * words is on its way by itself. `id`: of the message.
 */
export async function message(db: TenantDb, { id }: NoticePayload): Promise<Notice | null> {
  const found = await findMessage(db, id)
  if (found === null) return null
  const { toId, by, body, courseId, courseTitle } = found
  return {
    type: 'COURSE_UPDATE',
    key: `message:${id}`,
    link: `/courses/${courseId}`,
    audience: { users: [toId] },
    mail: false,
    words: ({ locale }) => {
      const t = translator(locale, 'notices.message')
      const title =
        by === null ? t('titleNobody', { course: courseTitle }) : t('title', { by, course: courseTitle })
      return { title, message: body }
    },
  }
}
