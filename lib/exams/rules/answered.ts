import type { AnswerValue } from '../contract'

const isBlank = (text: string): boolean => text.trim() === ''

/** Whether an answer says anything: one that was cleared again, or holds nothing but white space, does not. */
export function saysSomething(answer: AnswerValue): boolean {
  switch (answer.type) {
    case 'single':
      return answer.choice !== null
    case 'multiple':
      return answer.choices.length > 0
    case 'true-false':
      return answer.value !== null
    case 'short-text':
    case 'numeric':
    case 'essay':
      return !isBlank(answer.text)
    case 'matching':
      return answer.pairs.length > 0
    case 'ordering':
      return answer.order.length > 0
    case 'blanks':
      return Object.values(answer.texts).some((text) => !isBlank(text))
    case 'file-upload':
      return answer.keys.length > 0
  }
}
