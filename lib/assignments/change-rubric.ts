import 'server-only'
import { getAuthoredAssignment, putRubric } from '#lib/db/queries/assignment-authoring'
import { type Author, lockEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { z } from 'zod'
import { type Rubric, type rubricForm, rubricSchema } from './contract/rubric'

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isTwice(ids: readonly string[]): boolean {
  return new Set(ids).size < ids.length
}

const facts = (rubric: Rubric) => ({ criteria: rubric.map(({ title }) => title).join(', ') })

/**
 * Writes what is looked at in an assignment's work. What was given by it before keeps its words and points.
 * @returns what it was and is, for the log; null: it is the same
 * @throws AppError 'conflict' when somebody else changed it since it was read, 'invalid_input'; as `lockEditable`
 */
export async function changeRubric(
  db: TenantDb,
  input: Readonly<{ form: z.infer<typeof rubricForm>; by: Author; timeZone: string; locale: string }>,
) {
  const { form, by, timeZone, locale } = input
  const { courseId, assignmentId } = form
  await lockEditable(db, { courseId, by })
  const row = await getAuthoredAssignment(db, { courseId, assignmentId, timeZone })
  const rubric = rubricSchema.safeParse(parsed(form.rubric))
  const whole = rubric.success ? rubric.data : null
  const twice =
    whole !== null &&
    (isTwice(whole.map(({ id }) => id)) || whole.some(({ levels }) => isTwice(levels.map(({ id }) => id))))
  if (whole === null || twice)
    throw new AppError('invalid_input', 'A rubric that is none.', {
      fields: { rubric: translator(locale, 'assignmentAuthor.rubric')('fault') },
    })
  const before = rubricSchema.parse(row.rubric)
  if (JSON.stringify(before) !== JSON.stringify(rubricSchema.catch([]).parse(parsed(form.base))))
    throw new AppError('conflict', 'The rubric was changed since it was read.')
  if (JSON.stringify(before) === JSON.stringify(whole)) return null
  await putRubric(db, { courseId, assignmentId, rubric: JSON.stringify(whole) })
  return { before: facts(before), after: facts(whole) }
}
