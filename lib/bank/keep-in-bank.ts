import 'server-only'
import { insertIntoBank, knownIds } from '#lib/db/queries/bank'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import type { Held } from '#lib/exams/rules/drafting-saver'
import { changeQuestions, type ExamPlace, examToChange } from './exam-to-change'

/**
 * Keeps a question of an exam in the school's bank. The exam's own becomes a copy of that one; a question that is a
 * copy already stays as it is, and nothing is added.
 * @param input.bankId of the bank's question: the same for the same question of the same exam
 * @returns the exam as its editor holds it, the bank's question, and whether it is new
 * @throws AppError 'not_found' also for a question that the exam hasn't stored; 'conflict', 'forbidden'
 */
export async function keepInBank(
  db: TenantDb,
  input: ExamPlace & Readonly<{ questionId: string; bankId: string }>,
): Promise<{ held: Held; bankId: string; created: boolean }> {
  const exam = await examToChange(db, input)
  const question = exam.questions.find(({ id }) => id === input.questionId)
  if (question === undefined) throw new AppError('not_found', 'There is no such question in the exam.')
  const known = question.bankId
  if (known !== undefined && (await knownIds(db, [known])).has(known)) {
    const { title, questions, settings, updatedAt } = exam
    const held = { title, questions, pools: settings.pools, seen: updatedAt.toISOString() }
    return { held, bankId: known, created: false }
  }
  const { bankId } = input
  const { bankId: _stale, ...bare } = question
  const added = await insertIntoBank(db, {
    questions: [{ id: bankId, question: bare, tags: [] }],
    authorId: input.by.userId,
  })
  const questions = exam.questions.map((one) => (one === question ? { ...one, bankId } : one))
  return { held: await changeQuestions(db, exam, questions), bankId, created: added.length === 1 }
}
