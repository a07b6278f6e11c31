import type { AnswerValue, Question } from '#lib/exams/contract'
import { isDeep } from '#tests/support/database'

/** Questions of one's own making for the tests of exams, one of each type. */

type Of<T extends Question['type']> = Extract<Question, { type: T }>

const common = { version: 1 as const, id: 'q1', prompt: 'Which?', points: 3, explanation: '' }

const part = (id: string) => ({ id, text: `Text of ${id}` })
export const partsOf = (...ids: string[]) => ids.map(part)

export const single: Of<'single'> = {
  ...common,
  type: 'single',
  options: partsOf('a', 'b', 'c'),
  correct: 'b',
}
export const multiple: Of<'multiple'> = {
  ...common,
  type: 'multiple',
  options: partsOf('a', 'b', 'c', 'd', 'e'),
  correct: ['a', 'd'],
  partialCredit: true,
}
export const trueFalse: Of<'true-false'> = { ...common, type: 'true-false', correct: false }
export const shortText: Of<'short-text'> = {
  ...common,
  type: 'short-text',
  accept: [
    { kind: 'exact', value: 'Café crème' },
    { kind: 'regex', value: 'latt[eé]s?' },
  ],
  caseSensitive: false,
  accentSensitive: false,
}
export const numeric: Of<'numeric'> = {
  ...common,
  type: 'numeric',
  correct: 1.5,
  tolerance: { kind: 'absolute', value: 0.1 },
  unit: null,
}
export const matching: Of<'matching'> = {
  ...common,
  type: 'matching',
  left: partsOf('l1', 'l2', 'l3'),
  right: partsOf('r1', 'r2', 'r3', 'r4'),
  pairs: [
    ['l1', 'r1'],
    ['l2', 'r2'],
    ['l3', 'r3'],
  ],
}
export const ordering: Of<'ordering'> = {
  ...common,
  type: 'ordering',
  items: partsOf('a', 'b', 'c', 'd'),
  correct: ['c', 'a', 'd', 'b'],
  partialCredit: true,
}
export const blanks: Of<'blanks'> = {
  ...common,
  type: 'blanks',
  text: 'One {{x}}, two {{y}}, three {{z}}.',
  blanks: ['x', 'y', 'z'].map((id) => ({ id, accept: [`right ${id}`], caseSensitive: false })),
}
export const essay: Of<'essay'> = { ...common, type: 'essay', minWords: null, maxWords: 200 }
export const fileUpload: Of<'file-upload'> = {
  ...common,
  type: 'file-upload',
  accept: ['pdf'],
  maxBytes: 1_000,
}

export const EACH: readonly Question[] = [
  single,
  multiple,
  trueFalse,
  shortText,
  numeric,
  matching,
  ordering,
  blanks,
  essay,
  fileUpload,
].map((question, index) => ({ ...question, id: `q${index + 1}` }))

export const choose = (choice: string | null): AnswerValue => ({ type: 'single', choice })
export const tick = (...choices: string[]): AnswerValue => ({ type: 'multiple', choices })
export const write = (text: string): AnswerValue => ({ type: 'short-text', text })
export const count = (text: string, unit: string | null = null): AnswerValue => ({
  type: 'numeric',
  text,
  unit,
})
export const order = (...ids: string[]): AnswerValue => ({ type: 'ordering', order: ids })

/** Counts of property tests: enough to notice, and many more when the run is asked for them. */
export const runs = (few: number): { numRuns: number } => ({
  numRuns: isDeep ? few * 50 : few,
})
