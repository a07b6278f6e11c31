'use server'
import { anyPerson, can } from '#lib/auth/access'
import { action, notAudited } from '#lib/auth/action'
import { person } from '#lib/auth/actor'
import { answerAbout, askAbout, changeGrade as change, saveScheme as save } from '#lib/grades/change-grades'
import { answerForm, askForm, changeForm, schemeForm } from '#lib/grades/contract'
import { importForm, previewForm } from '#lib/grades/contract/importing'
import { importGrades as bringIn, previewGrades as preview } from '#lib/grades/import-grades'
import { authorOf } from '../school/[subdomain]/teach/editing'

type Cell = Readonly<{ courseId: string; userId: string; item: string }>

const pageOf = ({ courseId, userId, item }: Cell): string =>
  `/teach/courses/${courseId}/grades/${userId}/${item}`

function auditOf({ courseId, userId, item }: Cell, changed: Awaited<ReturnType<typeof change>>) {
  if (changed === null) return null
  const { before, after } = changed
  return { targetType: 'User', targetId: userId, before, after: { courseId, item, ...after } }
}

/** Gives other points than come about by themselves, excuses, or takes that back. */
export const changeGrade = action({
  id: 'grade.change',
  access: can('grade:write'),
  input: changeForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const changed = await change(db, { form: input, by: authorOf(actor), timeZone, locale })
    return { cell: input, changed }
  },
  audit: (_context, { cell, changed }) => auditOf(cell, changed),
  then: ({ cell }) => `${pageOf(cell)}?done=changed`,
})

/** The same from the gradebook, which stays where it is. @returns the number of the change that holds now */
export const changeGradeInBook = action({
  id: 'grade.change-in-book',
  access: can('grade:write'),
  input: changeForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const changed = await change(db, { form: input, by: authorOf(actor), timeZone, locale })
    return { number: changed?.number ?? Number(input.seen), cell: input, changed }
  },
  audit: (_context, { cell, changed }) => auditOf(cell, changed),
})

/** Says what a file would change. */
export const previewGrades = action({
  id: 'grade.import-preview',
  access: can('grade:write'),
  input: previewForm,
  run: ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    return preview(db, { form: input, by: authorOf(actor), timeZone, locale })
  },
  audit: notAudited('Says what an import would do and changes nothing.'),
})

/** Changes grades as a file says. */
export const importGrades = action({
  id: 'grade.import',
  access: can('grade:write'),
  input: importForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const count = await bringIn(db, { form: input, by: authorOf(actor), timeZone, locale })
    return { courseId: input.courseId, count }
  },
  audit: ({ input: { reason } }, { courseId, count }) =>
    count === 0 ? null : { targetType: 'Course', targetId: courseId, after: { grades: count, reason } },
  then: ({ courseId, count }) => `/teach/courses/${courseId}/grades?imported=${String(count)}`,
})

/** Says how a course is graded: its categories, weights and letters. */
export const saveScheme = action({
  id: 'grade.scheme',
  access: can('grade:write'),
  input: schemeForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const saved = await save(db, { form: input, by: authorOf(actor), timeZone, locale })
    return { courseId: input.courseId, saved }
  },
  audit: (_context, { courseId, saved }) =>
    saved === null ? null : { targetType: 'Course', targetId: courseId, ...saved },
  then: ({ courseId }) => `/teach/courses/${courseId}/grades/scheme?done=saved`,
})

/** Asks about one of one's own grades. */
export const askAboutGrade = action({
  id: 'grade.ask',
  access: anyPerson('Everybody may ask about their own grades, in courses that they are enrolled in.'),
  input: askForm,
  run: async ({ db, school, actor, input }) => {
    const { userId } = person(actor)
    return { form: input, ...(await askAbout(db, { form: input, userId, timeZone: school.timeZone })) }
  },
  audit: (_context, { form, id, isNew }) =>
    isNew
      ? { targetType: 'GradeQuestion', targetId: id, after: { courseId: form.courseId, item: form.item } }
      : null,
  then: ({ form }) => `/courses/${form.courseId}/grades?done=asked`,
})

/** Answers what a learner asked about a grade. */
export const answerAboutGrade = action({
  id: 'grade.answer',
  access: can('grade:write'),
  input: answerForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const answered = await answerAbout(db, { form: input, by: authorOf(actor), timeZone, locale })
    return { form: input, answered }
  },
  audit: (_context, { form, answered }) =>
    answered ? { targetType: 'GradeQuestion', targetId: form.questionId, after: { answered: true } } : null,
  then: ({ form }) => `${pageOf(form)}?done=answered`,
})
