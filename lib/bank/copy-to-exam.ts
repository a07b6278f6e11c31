import 'server-only'
import { getForExam } from '#lib/db/queries/bank'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { randomId } from '#lib/exams/rules/drafting'
import type { Held } from '#lib/exams/rules/drafting-saver'
import { changeQuestions, type ExamPlace, examToChange } from './exam-to-change'

/** Questions of one exam at most: `questionsSchema`. */
const MOST = 500

/**
 * Adds copies of the bank's questions at the end of an exam, in the order they are named. A copy has an id of its own,
 * so that one question can be asked twice, and remembers what it is a copy of.
 * @returns the exam as its editor holds it, and how many were added
 * @throws AppError 'not_found' also when one of the questions is archived or not this school's; 'limit_reached',
 * 'conflict' when somebody else has changed the exam; 'forbidden' when the course is a colleague's
 */
export async function copyToExam(
  db: TenantDb,
  input: ExamPlace & Readonly<{ questionIds: readonly string[] }>,
): Promise<{ held: Held; added: number }> {
  const exam = await examToChange(db, input)
  const wanted = [...new Set(input.questionIds)]
  const found = await getForExam(db, wanted)
  if (found.length < wanted.length) throw new AppError('not_found', 'The bank has no such question.')
  if (exam.questions.length + found.length > MOST)
    throw new AppError('limit_reached', `An exam has ${String(MOST)} questions at most.`)
  const copies = found.map(({ id, question }) => ({ ...question, id: randomId(), bankId: id }))
  return { held: await changeQuestions(db, exam, [...exam.questions, ...copies]), added: copies.length }
}
