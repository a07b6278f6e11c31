import 'server-only'
import {
  findNextWaiting,
  getGradedAssignment,
  getSubmission,
  putGrade,
  releaseGrades as release,
} from '#lib/db/queries/submissions'
import { type Author, findEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { Points, pointsText } from '#lib/exams/rules/decimal'
import { translator } from '#lib/i18n/translate'
import { notify } from '#lib/notifications/notify'
import type { GradeForm } from './contract/grading'
import { choicesSchema, type Marks, type Rubric, rubricSchema } from './contract/rubric'
import { marksFrom } from './rules/rubric'

type Facts = Readonly<{ points: string | null; feedback: string | null }>

/** The log tells that there is feedback, not what it says. */
const factsOf = (points: string | null, feedback: string | null): Facts => ({
  points: points === null ? null : pointsText(new Points(points)),
  feedback: feedback === null ? null : '…',
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What was chosen in the rubric as it is now. @throws AppError 'invalid_input' when it was changed since it was read */
function marksOf({ marks }: GradeForm, rubric: Rubric, locale: string): Marks {
  if (marks === '') return []
  const choices = choicesSchema.safeParse(parsed(marks))
  const given = choices.success ? marksFrom(rubric, choices.data) : null
  if (given === null)
    throw new AppError('invalid_input', 'Marks that the rubric doesn’t have.', {
      fields: { points: translator(locale, 'assignmentGrade.faults')('rubric') },
    })
  return given
}

/**
 * Gives a submission points and feedback.
 * @returns what it had and has, and which submission waits next
 * @throws AppError 'conflict' when somebody else has graded it, or it was handed in again, since it was read: nothing is
 * written then; 'invalid_input' for more points than there are; 'not_found'; as `findEditable`
 */
export async function gradeSubmission(
  db: TenantDb,
  input: Readonly<{ form: GradeForm; by: Author; timeZone: string; locale: string }>,
): Promise<Readonly<{ before: Facts; after: Facts; next: string | null }>> {
  const { form, by, timeZone, locale } = input
  const { courseId, assignmentId, submissionId, points, seen } = form
  const t = translator(locale, 'assignmentGrade.faults')
  await findEditable(db, { courseId, by })
  const assignment = await getGradedAssignment(db, { courseId, assignmentId, timeZone })
  if (new Points(points).gt(assignment.points))
    throw new AppError('invalid_input', 'More points than there are.', {
      fields: { points: t('most', { points: Number(assignment.points) }) },
    })
  const row = await getSubmission(db, { assignmentId, submissionId })
  const feedback = form.feedback === '' ? null : form.feedback
  const marks = marksOf(form, rubricSchema.parse(assignment.rubric), locale)
  const given = await putGrade(db, {
    ...{ assignmentId, submissionId, points, feedback },
    marks: marks.length === 0 ? null : JSON.stringify(marks),
    seen: seen === '' ? null : new Date(seen),
    version: Number(form.version),
  })
  if (!given)
    throw new AppError('conflict', 'The submission is another than the one that was read.', {
      fields: { points: t(row.number === Number(form.version) ? 'graded' : 'again') },
    })
  // Whoever sees their grade already sees this one at once.
  if (row.releasedAt !== null) await notify(db, { kind: 'work-graded', id: submissionId })
  return {
    before: factsOf(row.grade, row.feedback),
    after: factsOf(points, feedback),
    next: await findNextWaiting(db, { assignmentId, submissionId }),
  }
}

/** Shows all grades of an assignment, or hides them again. @returns how many changed @throws AppError as `gradeSubmission` */
export async function releaseGrades(
  db: TenantDb,
  input: Readonly<{
    courseId: string
    assignmentId: string
    by: Author
    timeZone: string
    released: boolean
  }>,
): Promise<number> {
  await findEditable(db, input)
  await getGradedAssignment(db, input)
  const changed = await release(db, input)
  if (changed > 0 && input.released) await notify(db, { kind: 'work-released', id: input.assignmentId })
  return changed
}
