'use server'
import { anyPerson, can } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { person } from '#lib/auth/actor'
import { changeSettings } from '#lib/tutor/change-settings'
import { forgetForm, settingsForm } from '#lib/tutor/contract'
import { forgetChats } from '#lib/tutor/forget'
import { authorOf } from '../school/[subdomain]/teach/editing'

/** Sets how the tutor of a course helps, and what it leaves out. */
export const saveTutor = action({
  id: 'tutor.settings',
  access: can('course:edit'),
  input: settingsForm,
  run: async ({ db, actor, input }) => {
    const changed = await changeSettings(db, { form: input, by: authorOf(actor) })
    return { courseId: input.courseId, changed }
  },
  audit: (_context, { courseId, changed }) =>
    changed === null ? null : { targetType: 'Course', targetId: courseId, ...changed },
  then: ({ courseId }) => `/teach/courses/${courseId}/tutor?done=saved`,
})

/** Deletes one's own words to the tutor, and its answers. */
export const forgetTutorChats = action({
  id: 'tutor.forget',
  access: anyPerson('Everybody decides about their own conversations.'),
  input: forgetForm,
  run: async ({ db, actor, input: { courseId, chatId } }) => {
    const { userId } = person(actor)
    const deleted = await forgetChats(db, { userId, courseId, chatId: chatId === '' ? null : chatId })
    return { courseId, deleted }
  },
  audit: (_context, { courseId, deleted }) =>
    deleted === 0 ? null : { targetType: 'Course', targetId: courseId, after: { deleted } },
  then: ({ courseId }) => `/courses/${courseId}/tutor?done=deleted`,
})
