'use server'
import * as use from '#lib/assignments/build'
import { changeRubric as rubric } from '#lib/assignments/change-rubric'
import { assignmentForm, createForm, editForm } from '#lib/assignments/contract/authoring'
import { rubricForm } from '#lib/assignments/contract/rubric'
import { can } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { newId } from '#lib/teach/new-id'
import { authorOf } from '../school/[subdomain]/teach/editing'

const of = (targetId: string) => ({ targetType: 'Assignment', targetId })
const listOf = (courseId: string) => `/teach/courses/${courseId}/assignments`

/** A new draft, and straight to its page. */
export const createAssignment = action({
  id: 'assignment.create',
  access: can('course:edit'),
  input: createForm,
  run: ({ db, school, actor, input: { courseId, title, key } }) => {
    const by = authorOf(actor)
    return use.createAssignment(db, { id: newId(school.id, by.userId, key), courseId, by, title })
  },
  audit: ({ input: { title, courseId } }, { id, created }) =>
    created ? { ...of(id), after: { title, courseId } } : null,
  then: ({ id, courseId }) => `${listOf(courseId)}/${id}?done=created`,
})

export const changeAssignment = action({
  id: 'assignment.change',
  access: can('course:edit'),
  input: editForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const { courseId, assignmentId } = input
    const by = authorOf(actor)
    const changed = await use.changeAssignment(db, { form: input, by, timeZone, locale })
    return { courseId, assignmentId, changed }
  },
  audit: (_context, { assignmentId, changed }) => ({ ...of(assignmentId), ...changed }),
  then: ({ courseId, assignmentId }) => `${listOf(courseId)}/${assignmentId}?done=saved`,
})

export const changeRubric = action({
  id: 'assignment.rubric',
  access: can('course:edit'),
  input: rubricForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const { courseId, assignmentId } = input
    const changed = await rubric(db, { form: input, by: authorOf(actor), timeZone, locale })
    return { courseId, assignmentId, changed }
  },
  audit: (_context, { assignmentId, changed }) =>
    changed === null ? null : { ...of(assignmentId), ...changed },
  then: ({ courseId, assignmentId }) => `${listOf(courseId)}/${assignmentId}?done=rubric`,
})

export const publishAssignment = action({
  id: 'assignment.publish',
  access: can('course:edit'),
  input: assignmentForm,
  run: async ({ db, actor, input }) => ({
    ...input,
    shown: await use.publishAssignment(db, { ...input, by: authorOf(actor) }),
  }),
  audit: (_context, { assignmentId, shown }) =>
    shown ? { ...of(assignmentId), after: { published: true } } : null,
  then: ({ courseId, assignmentId }) => `${listOf(courseId)}/${assignmentId}?done=published`,
})

export const unpublishAssignment = action({
  id: 'assignment.draft',
  access: can('course:edit'),
  input: assignmentForm,
  run: async ({ db, school, actor, input }) => {
    await use.unpublishAssignment(db, { ...input, by: authorOf(actor), locale: school.locale })
    return input
  },
  audit: (_context, { assignmentId }) => ({ ...of(assignmentId), after: { published: false } }),
  then: ({ courseId, assignmentId }) => `${listOf(courseId)}/${assignmentId}?done=draft`,
})

export const removeAssignment = action({
  id: 'assignment.delete',
  access: can('course:edit'),
  input: assignmentForm,
  run: async ({ db, actor, input }) => ({
    ...input,
    ...(await use.removeAssignment(db, { ...input, by: authorOf(actor) })),
  }),
  audit: (_context, { assignmentId, title }) => ({
    ...of(assignmentId),
    before: { title },
    after: { deleted: true },
  }),
  then: ({ courseId, assignmentId }) => `${listOf(courseId)}?done=deleted&assignment=${assignmentId}`,
})

export const restoreAssignment = action({
  id: 'assignment.restore',
  access: can('course:edit'),
  input: assignmentForm,
  run: async ({ db, actor, input }) => ({
    courseId: input.courseId,
    restored: await use.restoreAssignment(db, { ...input, by: authorOf(actor) }),
  }),
  audit: ({ input }, { restored }) =>
    restored ? { ...of(input.assignmentId), after: { deleted: false } } : null,
  then: ({ courseId }) => `${listOf(courseId)}?done=restored`,
})
