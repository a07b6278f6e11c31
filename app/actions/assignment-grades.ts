'use server'
import { gradeForm, releaseForm } from '#lib/assignments/contract/grading'
import { gradeSubmission as grade, releaseGrades as release } from '#lib/assignments/grade'
import { can } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { authorOf } from '../school/[subdomain]/teach/editing'

const listOf = ({ courseId, assignmentId }: Readonly<{ courseId: string; assignmentId: string }>): string =>
  `/teach/courses/${courseId}/assignments/${assignmentId}/submissions`

/** Gives points and feedback, and goes on to what waits. */
export const gradeSubmission = action({
  id: 'assignment.grade',
  access: can('grade:write'),
  input: gradeForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    return { form: input, ...(await grade(db, { form: input, by: authorOf(actor), timeZone, locale })) }
  },
  audit: (_context, { form, before, after }) => ({
    ...{ targetType: 'Submission', targetId: form.submissionId, before, after },
  }),
  then: ({ form, next }) =>
    next === null ? `${listOf(form)}?done=graded` : `${listOf(form)}/${next}?saved=${form.submissionId}`,
})

export const releaseGrades = action({
  id: 'assignment.release',
  access: can('grade:write'),
  input: releaseForm,
  run: async ({ db, school, actor, input }) => {
    const released = input.release === 'on'
    const by = authorOf(actor)
    const count = await release(db, { ...input, by, timeZone: school.timeZone, released })
    return { ...input, released, count }
  },
  audit: (_context, { assignmentId, released, count }) =>
    count === 0 ? null : { targetType: 'Assignment', targetId: assignmentId, after: { released, count } },
  then: (done) => `${listOf(done)}?done=${done.released ? 'released' : 'taken-back'}`,
})
