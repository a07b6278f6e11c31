import type { AnswerValue } from '#lib/exams/contract'
import type { DeliveredQuestion } from '#lib/exams/contract/taking'
import type { ExamWords } from '#lib/i18n/exam-words'
import { fileName } from './answers'

function textOf(parts: readonly Readonly<{ id: string; text: string }>[], id: string): string {
  return parts.find((part) => part.id === id)?.text ?? id
}

function listed(question: DeliveredQuestion, value: AnswerValue): string[] {
  if (value.type === 'matching' && question.type === 'matching')
    return value.pairs.map(
      ([left, right]) => `${textOf(question.left, left)}: ${textOf(question.right, right)}`,
    )
  if (value.type === 'ordering' && question.type === 'ordering')
    return value.order.map((id) => textOf(question.items, id))
  if (value.type === 'multiple' && question.type === 'multiple')
    return value.choices.map((id) => textOf(question.options, id))
  if (value.type === 'blanks' && question.type === 'blanks')
    return question.blanks.map((id) => value.texts[id] ?? '')
  return value.type === 'file-upload' ? value.keys.map(fileName) : []
}

/** What was typed. */
function typed(value: AnswerValue): string {
  if (value.type === 'numeric') return [value.text, value.unit ?? ''].join(' ').trim()
  return value.type === 'short-text' || value.type === 'essay' ? value.text.trim() : ''
}

/** What was chosen of two or of several. */
function chosen(question: DeliveredQuestion, value: AnswerValue, words: ExamWords): string {
  if (value.type === 'true-false' && value.value !== null) return value.value ? words.true : words.false
  if (value.type !== 'single' || question.type !== 'single' || value.choice === null) return ''
  return textOf(question.options, value.choice)
}

/** An answer in one line, for a learner who has to choose between two of theirs. */
export function answerText(question: DeliveredQuestion, value: AnswerValue, words: ExamWords): string {
  const texts = [chosen(question, value, words), typed(value), listed(question, value).join(' · ')]
  return texts.find((text) => text !== '') ?? words.noAnswer
}
