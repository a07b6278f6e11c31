'use server'
import { extensionForm, removeExtensionForm } from '#lib/assignments/contract/extensions'
import * as use from '#lib/assignments/extend'
import { can } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { authorOf } from '../school/[subdomain]/teach/editing'

const of = (targetId: string) => ({ targetType: 'User', targetId })
const pageOf = ({ courseId, assignmentId }: Readonly<{ courseId: string; assignmentId: string }>) =>
  `/teach/courses/${courseId}/assignments/${assignmentId}/extensions`

/** Another due date for one person. The same form again leaves no second line in the log. */
export const giveExtension = action({
  id: 'assignment.extend',
  access: can('course:edit'),
  input: extensionForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const { courseId, assignmentId } = input
    const given = await use.giveExtension(db, { form: input, by: authorOf(actor), timeZone, locale })
    return { courseId, assignmentId, ...given }
  },
  audit: ({ input: { userId } }, { assignmentId, before, after, changed }) =>
    changed
      ? {
          ...of(userId),
          ...(before === null ? {} : { before: { ...before, assignmentId } }),
          after: { ...after, assignmentId },
        }
      : null,
  then: (done) => `${pageOf(done)}?done=given`,
})

export const removeExtension = action({
  id: 'assignment.unextend',
  access: can('course:edit'),
  input: removeExtensionForm,
  run: async ({ db, school, actor, input }) => ({
    ...input,
    before: await use.removeExtension(db, { ...input, by: authorOf(actor), timeZone: school.timeZone }),
  }),
  audit: (_context, { userId, assignmentId, before }) =>
    before === null ? null : { ...of(userId), before: { ...before, assignmentId } },
  then: (done) => `${pageOf(done)}?done=removed`,
})
