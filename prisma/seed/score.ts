import type { AnswerValue, Question } from '#lib/exams/contract'

type Of<T extends Question['type']> = Extract<Question, { type: T }>
type Answer<T extends AnswerValue['type']> = Extract<AnswerValue, { type: T }>

function comparable(text: string, caseSensitive: boolean, accentSensitive = true): string {
  const trimmed = text.trim().replace(/\s+/gu, ' ').normalize('NFC')
  const accents = accentSensitive ? trimmed : trimmed.normalize('NFD').replace(/\p{M}/gu, '')
  return caseSensitive ? accents : accents.toLowerCase()
}

function multipleShare(
  { options, correct, partialCredit }: Of<'multiple'>,
  { choices }: Answer<'multiple'>,
): number {
  const hits = choices.filter((id) => correct.includes(id)).length
  const misses = choices.length - hits
  if (!partialCredit) return hits === correct.length && misses === 0 ? 1 : 0
  const wrong = options.length - correct.length
  // Ticking everything earns nothing: each wrong tick costs its share of the wrong options.
  return Math.max(0, hits / correct.length - (wrong === 0 ? 0 : misses / wrong))
}

function shortTextShare(question: Of<'short-text'>, { text }: Answer<'short-text'>): number {
  const { accept, caseSensitive, accentSensitive } = question
  const given = comparable(text, caseSensitive, accentSensitive)
  const fits = accept.some(({ kind, value }) =>
    kind === 'exact'
      ? comparable(value, caseSensitive, accentSensitive) === given
      : new RegExp(`^(?:${value})$`, caseSensitive ? 'u' : 'iu').test(text.trim()),
  )
  return fits ? 1 : 0
}

function numericShare({ correct, tolerance }: Of<'numeric'>, { text }: Answer<'numeric'>): number {
  const allowed = tolerance.kind === 'absolute' ? tolerance.value : tolerance.value * Math.abs(correct)
  return Math.abs(Number(text) - correct) <= allowed + Number.EPSILON * Math.abs(correct) ? 1 : 0
}

function matchingShare({ pairs }: Of<'matching'>, answer: Answer<'matching'>): number {
  const given = new Map(answer.pairs)
  return pairs.filter(([left, right]) => given.get(left) === right).length / pairs.length
}

function blanksShare({ blanks }: Of<'blanks'>, { texts }: Answer<'blanks'>): number {
  const filled = blanks.filter(({ id, accept, caseSensitive }) => {
    const given = comparable(texts[id] ?? '', caseSensitive)
    return accept.some((text) => comparable(text, caseSensitive) === given)
  })
  return filled.length / blanks.length
}

/** Whether a person has to read the answer before it can have points. */
export function needsTeacher({ type }: Question): boolean {
  return type === 'essay' || type === 'file-upload'
}

/** Questions that are right or wrong and nothing between. */
function isExact(question: Question, answer: AnswerValue): boolean {
  if (question.type === 'single' && answer.type === 'single') return answer.choice === question.correct
  if (question.type === 'true-false' && answer.type === 'true-false') return answer.value === question.correct
  if (question.type !== 'ordering' || answer.type !== 'ordering') return false
  return answer.order.join() === question.correct.join()
}

/**
 * The share of a question's points that an answer earns, 0 to 1. An answer of another type earns 0, and so does
 * one that a person has to grade.
 */
export function shareOf(question: Question, answer: AnswerValue): number {
  if (question.type === 'multiple' && answer.type === 'multiple') return multipleShare(question, answer)
  if (question.type === 'short-text' && answer.type === 'short-text') return shortTextShare(question, answer)
  if (question.type === 'numeric' && answer.type === 'numeric') return numericShare(question, answer)
  if (question.type === 'matching' && answer.type === 'matching') return matchingShare(question, answer)
  if (question.type === 'blanks' && answer.type === 'blanks') return blanksShare(question, answer)
  return isExact(question, answer) ? 1 : 0
}
