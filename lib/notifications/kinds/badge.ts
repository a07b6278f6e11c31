import 'server-only'
import { numbersOf } from '#lib/awards/rules/badges'
import { findBadge } from '#lib/db/queries/notice-facts'
import type { TenantDb } from '#lib/db/tenant'
import { translator } from '#lib/i18n/translate'
import type { Notice, NoticePayload } from '../contract'

/** Somebody earned a badge, and hasn't hidden what they earn. `id`: of the badge. */
export async function badge(db: TenantDb, { id }: NoticePayload): Promise<Notice | null> {
  const earned = await findBadge(db, id)
  if (earned === null) return null
  const { userId, type, courseTitle } = earned
  return {
    type: 'ACHIEVEMENT',
    key: `badge:${id}`,
    link: '/certificates',
    audience: { users: [userId] },
    words: ({ locale }) => {
      const t = translator(locale, 'awards.badges')
      return {
        title: t(`${type}.title`),
        message: t(`${type}.news`, { course: courseTitle ?? '', ...numbersOf(type) }),
      }
    },
  }
}
