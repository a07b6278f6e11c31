'use server'
import { can } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import * as use from '#lib/classes/change-class'
import { cancelForm, changeForm, createForm, recordForm, restoreForm } from '#lib/classes/contract'
import { createClasses } from '#lib/classes/schedule'
import { newId } from '#lib/teach/new-id'
import { authorOf } from '../school/[subdomain]/teach/editing'

const of = (targetId: string) => ({ targetType: 'LiveClass', targetId })
const listOf = (courseId: string) => `/teach/courses/${courseId}/classes`
type Which = Readonly<{ courseId: string; classId: string }>
const pageOf = ({ courseId, classId }: Which) => `${listOf(courseId)}/${classId}`

/** Plans a class, or a series of them. The same form again makes nothing more. */
export const createClass = action({
  id: 'class.create',
  access: can('course:edit'),
  input: createForm,
  run: async ({ db, school, actor, input }) => {
    const by = authorOf(actor)
    const { timeZone, locale } = school
    const idOf = (place: number): string => newId(school.id, by.userId, `${input.key}/${String(place)}`)
    const made = await createClasses(db, { form: input, by, timeZone, locale, idOf })
    return { courseId: input.courseId, ...made }
  },
  audit: ({ input: { title, courseId } }, { id, count, created }) =>
    created ? { ...of(id), after: { title, courseId, classes: count } } : null,
  then: ({ courseId, count }) => `${listOf(courseId)}?done=created&count=${String(count)}`,
})

export const changeClass = action({
  id: 'class.change',
  access: can('course:edit'),
  input: changeForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const changed = await use.changeClass(db, { form: input, by: authorOf(actor), timeZone, locale })
    const { courseId, classId } = input
    return { courseId, classId, changed }
  },
  audit: (_context, { classId, changed }) => ({ ...of(classId), ...changed }),
  then: (done) => `${pageOf(done)}?done=saved`,
})

export const cancelClass = action({
  id: 'class.cancel',
  access: can('course:edit'),
  input: cancelForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const { courseId, classId } = input
    return {
      ...{ courseId, classId },
      ...(await use.cancelClass(db, { form: input, by: authorOf(actor), timeZone, locale })),
    }
  },
  audit: (_context, { classId, title, count }) =>
    count === 0 ? null : { ...of(classId), before: { title }, after: { cancelled: true, classes: count } },
  then: ({ courseId, classId, count }) =>
    `${listOf(courseId)}?done=cancelled&class=${classId}&count=${String(Math.max(1, count))}`,
})

export const restoreClass = action({
  id: 'class.restore',
  access: can('course:edit'),
  input: restoreForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const count = await use.restoreClass(db, { form: input, by: authorOf(actor), timeZone, locale })
    return { ...input, count }
  },
  audit: (_context, { classId, count }) =>
    count === 0 ? null : { ...of(classId), after: { cancelled: false, classes: count } },
  then: ({ courseId, count }) => `${listOf(courseId)}?done=restored&count=${String(Math.max(1, count))}`,
})

/** Links a recording; an empty link takes it away. */
export const linkRecording = action({
  id: 'class.record',
  access: can('course:edit'),
  input: recordForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const { courseId, classId } = input
    const recording = await use.linkRecording(db, { form: input, by: authorOf(actor), timeZone, locale })
    return { courseId, classId, recording }
  },
  audit: (_context, { classId, recording }) => ({ ...of(classId), after: { recording } }),
  then: (done) => `${pageOf(done)}?done=recorded`,
})
