'use server'
import { anyPerson } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { person } from '#lib/auth/actor'
import { findEditable } from '#lib/db/queries/teach'
import { messageForm } from '#lib/insight/contract'
import { writeMessage } from '#lib/insight/write-message'
import { analystOf } from '../school/[subdomain]/teach/editing'

/** Writes to a learner of a course whose numbers one sees. */
export const writeToLearner = action({
  id: 'insight.write',
  access: anyPerson('Whoever sees numbers of their own courses, or of every course.'),
  input: messageForm,
  run: async ({ db, school, actor, input }) => {
    await findEditable(db, { courseId: input.courseId, by: analystOf(actor) })
    const { userId: fromId } = person(actor)
    return { form: input, ...(await writeMessage(db, { form: input, fromId, locale: school.locale })) }
  },
  audit: (_context, { form, id, isNew }) =>
    isNew
      ? {
          ...{ targetType: 'User', targetId: form.userId },
          after: { courseId: form.courseId, message: id, replies: form.replies === 'on' },
        }
      : null,
  then: ({ form, isNew }) =>
    `/teach/courses/${form.courseId}/insight/${form.userId}?done=${isNew ? 'sent' : 'sent-before'}`,
})
