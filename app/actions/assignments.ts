'use server'
import { handIn, saveDraft } from '#lib/assignments/write-work'
import { workForm } from '#lib/assignments/contract'
import { can } from '#lib/auth/access'
import { action } from '#lib/auth/action'
import { person } from '#lib/auth/actor'

/** Keeps what a learner writes, or hands it in. */
export const writeWork = action({
  id: 'assignment.work',
  access: can('assignment:submit'),
  input: workForm,
  run: async ({ db, school, actor, input }) => {
    const { userId } = person(actor)
    const { timeZone, locale } = school
    const work = { form: input, userId, timeZone, locale }
    const { assignmentId } = input
    if (input.intent === 'hand-in') return { assignmentId, handedIn: await handIn(db, work) }
    await saveDraft(db, work)
    return { assignmentId, handedIn: null }
  },
  // A draft is the learner's own; what they hand in is the school's business.
  audit: (_context, { assignmentId, handedIn }) =>
    handedIn?.fresh === true
      ? {
          ...{ targetType: 'Assignment', targetId: assignmentId },
          after: { number: handedIn.number, daysLate: handedIn.daysLate, files: handedIn.files },
        }
      : null,
  then: ({ assignmentId, handedIn }) =>
    `/assignments/${assignmentId}?done=${handedIn === null ? 'saved' : 'handed-in'}`,
})
