import 'server-only'
import { addMessage, findByKey, findLearner, holdWriter } from '#lib/db/queries/messages'
import { tell } from '#lib/db/queries/outbox'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { notify } from '#lib/notifications/notify'
import type { MessageForm } from './contract'
import { MESSAGES_AN_HOUR } from './contract/constants'

/**
 * Writes to one learner of a course. The text is kept, and the worker sends it as a letter and tells of it in the app; a second press of the same
 * form writes nothing more.
 * @throws AppError 'not_found' for somebody who doesn't learn in the course, 'rate_limited', 'conflict' for a form that
 *   was sent to somebody else before
 */
export async function writeMessage(
  db: TenantDb,
  input: Readonly<{ form: MessageForm; fromId: string; locale: string }>,
): Promise<{ id: string; isNew: boolean }> {
  const { form, fromId, locale } = input
  const { courseId, userId: toId, body, key } = form
  if ((await findLearner(db, { courseId, userId: toId })) === null)
    throw new AppError('not_found', 'They don’t learn in this course.')
  await holdWriter(db, fromId)
  const before = await findByKey(db, { fromId, key })
  if (before !== null) {
    if (before.toId !== toId || before.courseId !== courseId)
      throw new AppError('conflict', 'The form was sent to somebody else before.')
    return { id: before.id, isNew: false }
  }
  const replies = form.replies === 'on'
  const id = await addMessage(db, { courseId, fromId, toId, body, replies, key }, MESSAGES_AN_HOUR)
  if (id === null) {
    const text = translator(locale, 'insight.write')('tooMany', { count: MESSAGES_AN_HOUR })
    throw new AppError('rate_limited', 'Too many messages within an hour.', { fields: { form: text } })
  }
  await tell(db, { kind: 'mail.message', payload: { messageId: id } })
  await notify(db, { kind: 'message', id })
  return { id, isNew: true }
}
