'use server'
import { can } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { changeSettings } from '#lib/tutor/change-settings'
import { settingsForm } from '#lib/tutor/contract'
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
