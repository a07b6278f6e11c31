'use server'
import { can } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { judgeForm } from '#lib/awards/contract'
import { judgeCertificate } from '#lib/awards/judge-certificate'
import { authorOf } from '../school/[subdomain]/teach/editing'

/** Takes a certificate's word away: its page then says so. */
export const revokeCertificate = action({
  id: 'course.revoke-certificate',
  access: can('course:edit'),
  input: judgeForm,
  run: async ({ db, actor, input: { courseId, userId, reason } }) => {
    const { changed } = await judgeCertificate(db, { courseId, userId, by: authorOf(actor), revoked: true })
    return { courseId, userId, reason, changed }
  },
  audit: (_context, { courseId, userId, reason, changed }) =>
    changed
      ? {
          ...{ targetType: 'User', targetId: userId },
          ...{ before: { revoked: false }, after: { revoked: true, courseId, reason } },
        }
      : null,
  then: ({ courseId }) => `/teach/courses/${courseId}/people?done=revoked`,
})

/** Lets a revoked certificate stand again. */
export const restoreCertificate = action({
  id: 'course.restore-certificate',
  access: can('course:edit'),
  input: judgeForm,
  run: async ({ db, actor, input: { courseId, userId, reason } }) => {
    const { changed } = await judgeCertificate(db, { courseId, userId, by: authorOf(actor), revoked: false })
    return { courseId, userId, reason, changed }
  },
  audit: (_context, { courseId, userId, reason, changed }) =>
    changed
      ? {
          ...{ targetType: 'User', targetId: userId },
          ...{ before: { revoked: true }, after: { revoked: false, courseId, reason } },
        }
      : null,
  then: ({ courseId }) => `/teach/courses/${courseId}/people?done=reinstated`,
})
