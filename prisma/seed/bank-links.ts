import type { Question } from '#lib/exams/contract'
import { seedId } from './ids'

/** How many questions of each exam came out of the school's bank. */
const FROM_BANK = 4

/** The bank's row behind a question of an exam. */
function bankIdOf(examId: string, questionId: string): string {
  return seedId('bank question', examId, questionId)
}

/** The questions of an exam, the first of them with their origin. */
export function banked(examId: string, questions: readonly Question[]): Question[] {
  return questions.map((question, index) =>
    index < FROM_BANK ? { ...question, bankId: bankIdOf(examId, question.id) } : question,
  )
}
