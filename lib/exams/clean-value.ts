import 'server-only'
import type { AnswerValue } from './contract'

/** What PostgreSQL's JSON can't hold: half a character, as a field's length limit may leave it, and the null character. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}

/** An answer as it can be stored. An answer that could not be would never be saved, however often it was sent. */
export function cleanValue(value: AnswerValue): AnswerValue {
  switch (value.type) {
    case 'short-text':
    case 'essay':
      return { ...value, text: clean(value.text) }
    case 'numeric':
      return { ...value, text: clean(value.text), unit: value.unit === null ? null : clean(value.unit) }
    case 'blanks':
      return {
        ...value,
        texts: Object.fromEntries(Object.entries(value.texts).map(([id, text]) => [id, clean(text)])),
      }
    default:
      return value
  }
}
