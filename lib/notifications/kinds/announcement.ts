import 'server-only'
import { findStandingAnnouncement } from '#lib/db/queries/notice-facts'
import type { TenantDb } from '#lib/db/tenant'
import { translator } from '#lib/i18n/translate'
import type { Notice, NoticePayload } from '../contract'

/** Characters of an announcement that stand in its notice. */
const EXCERPT = 280

function excerpt(body: string): string {
  const line = body.replace(/\s+/gu, ' ').trim()
  const letters = Array.from(line)
  return letters.length > EXCERPT
    ? `${letters
        .slice(0, EXCERPT - 1)
        .join('')
        .trimEnd()}…`
    : line
}

/** Somebody announces something to a course, or to the school. `id`: of the announcement. */
export async function announcement(db: TenantDb, { id }: NoticePayload): Promise<Notice | null> {
  const said = await findStandingAnnouncement(db, id)
  if (said === null) return null
  const { courseId, courseTitle, title, body } = said
  const place = courseId === null ? '/announcements' : `/courses/${courseId}/announcements`
  return {
    type: courseId === null ? 'SYSTEM' : 'COURSE_UPDATE',
    key: `announcement:${id}`,
    link: `${place}#${id}`,
    audience: courseId === null ? { everybody: true } : { learnersOf: courseId },
    words: ({ locale }) => ({
      title:
        courseTitle === null
          ? title
          : translator(locale, 'notices.announcement')('title', { course: courseTitle, title }),
      message: excerpt(body),
    }),
  }
}
