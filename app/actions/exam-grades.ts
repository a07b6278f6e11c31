'use server'
import { can } from '#lib/auth/access'
import { action, notAudited, realmAction } from '#lib/auth/action'
import { GoTo } from '#lib/auth/redirect'
import { AppError } from '#lib/errors'
import { applyRegrade as apply } from '#lib/exams/apply-regrade'
import * as forms from '#lib/exams/contract/grading'
import { endAttempt as end } from '#lib/exams/end-attempt'
import { giveMark as give, readMark as read } from '#lib/exams/give-marks'
import { releaseResults as release } from '#lib/exams/release-results'
import { authorOf } from '../school/[subdomain]/teach/editing'

const pathOf = ({ courseId, examId }: Readonly<{ courseId: string; examId: string }>): string =>
  `/teach/courses/${courseId}/exams/${examId}`

/** Ends somebody's attempt now, with what was saved. */
export const endAttempt = action({
  id: 'exam.end-attempt',
  access: can('grade:write'),
  input: forms.endAttemptForm,
  run: async ({ db, school, actor, input }) => {
    const done = await end(db, { ...input, by: authorOf(actor), timeZone: school.timeZone })
    return { ...input, ...done }
  },
  audit: ({ input: { attemptId, examId } }, { ended, userId }) =>
    ended
      ? {
          ...{ targetType: 'ExamAttempt', targetId: attemptId },
          after: { examId, person: userId, endedBy: 'INSTRUCTOR' },
        }
      : null,
  then: (done) => `${pathOf(done)}/attempts?done=ended`,
})

/** Shows the results to those who sat the exam, or takes that back. */
export const releaseResults = action({
  id: 'exam.release',
  access: can('grade:write'),
  input: forms.releaseForm,
  run: async ({ db, school, actor, input }) => {
    const released = input.release === 'on'
    const by = authorOf(actor)
    return {
      ...{ ...input, released },
      changed: await release(db, { ...input, by, timeZone: school.timeZone, released }),
    }
  },
  audit: (_context, { examId, released, changed }) =>
    changed ? { targetType: 'Exam', targetId: examId, after: { released } } : null,
  then: (done) => `${pathOf(done)}/attempts?done=${done.released ? 'released' : 'taken-back'}`,
})

type Marked = Awaited<ReturnType<typeof give>> & Readonly<{ form: forms.MarkForm }>

/** What waits next; the same page, told apart from before by what was saved, when nothing does. */
function nextPage({ form, next, at }: Marked): string {
  const { attemptId, questionId, along, names, show } = form
  const saved = `saved=${questionId}.${String(at)}`
  if (along === 'attempt') {
    const to = `${pathOf(form)}/attempts/${next?.attemptId ?? attemptId}?${saved}`
    if (next?.questionId) return `${to}#q-${next.questionId}`
    return next === null ? `${to}#q-${questionId}` : to
  }
  const attempt = next === null ? '' : `&attempt=${next.attemptId}`
  return `${pathOf(form)}/grade/${questionId}?${saved}&names=${names}&show=${show}${attempt}`
}

/** Gives one answer its points by hand. */
export const giveMark = action({
  id: 'exam.mark',
  access: can('grade:write'),
  input: forms.markForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    return { form: input, ...(await give(db, { by: authorOf(actor), timeZone, locale, form: input })) }
  },
  audit: (_context, { form: { attemptId, questionId }, changed, before, after }) =>
    changed
      ? {
          ...{ targetType: 'ExamAttempt', targetId: attemptId },
          before: { question: questionId, ...before },
          after: { question: questionId, ...after },
        }
      : null,
  then: nextPage,
})

/** A mark as it is now, for a form that somebody else was faster than. */
export const readMark = action({
  id: 'exam.read-mark',
  access: can('grade:write'),
  input: forms.readMarkForm,
  run: ({ db, school, actor, input }) =>
    read(db, { ...input, by: authorOf(actor), timeZone: school.timeZone }),
  audit: notAudited('Reads and changes nothing.'),
})

/** Grades with the newest keys what older ones graded, as its preview said. */
export const applyRegrade = realmAction({
  id: 'exam.regrade',
  access: can('grade:write'),
  input: forms.regradeForm,
  run: async ({ realm, actor, input, unit, record }) => {
    const { school } = realm
    if (school === null) throw new AppError('not_found', 'There are no exams outside of a school.')
    await apply({
      ...{ ...input, by: authorOf(actor), timeZone: school.timeZone },
      unit: (query) => unit((db) => query(db)),
      record: (db, batch) => record(db, { targetType: 'Exam', targetId: input.examId, after: { ...batch } }),
    })
    throw new GoTo(`${pathOf(input)}/attempts?done=regraded`)
  },
})
