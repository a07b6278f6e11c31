import { describe, expect, it } from 'vitest'
import { answerValueSchema, attemptAnswersSchema, questionSchema, questionsSchema } from '#lib/exams/contract'

const common = { version: 1, id: 'q1', prompt: 'Which?', points: 1, explanation: '' }
const options = [
  { id: 'a', text: 'One' },
  { id: 'b', text: 'Two' },
]
const single = { ...common, type: 'single', options, correct: 'a' }

describe('the Json of an exam', () => {
  it.each([
    ['single', single],
    ['multiple', { ...common, type: 'multiple', options, correct: ['a', 'b'], partialCredit: true }],
    ['true-false', { ...common, type: 'true-false', correct: false }],
    [
      'short-text',
      {
        ...common,
        type: 'short-text',
        accept: [{ kind: 'exact', value: 'x' }],
        caseSensitive: false,
        accentSensitive: false,
      },
    ],
    [
      'numeric',
      { ...common, type: 'numeric', correct: 3.5, tolerance: { kind: 'absolute', value: 0.1 }, unit: 'km' },
    ],
    ['matching', { ...common, type: 'matching', left: options, right: options, pairs: [['a', 'b']] }],
    ['ordering', { ...common, type: 'ordering', items: options, correct: ['b', 'a'] }],
    [
      'blanks',
      {
        ...common,
        type: 'blanks',
        text: 'A {{x}}.',
        blanks: [{ id: 'x', accept: ['y'], caseSensitive: false }],
      },
    ],
    ['essay', { ...common, type: 'essay', minWords: null, maxWords: 300 }],
    ['file-upload', { ...common, type: 'file-upload', accept: ['pdf'], maxBytes: 1_000_000 }],
  ])('takes a %s question', (_type, question) => {
    expect(questionSchema.safeParse(question).success).toBe(true)
  })

  it.each([
    ['another version', { ...single, version: 2 }],
    ['an unknown key', { ...single, hint: 'a' }],
    ['a key that names no option', { ...single, correct: 'c' }],
    ['no points', { ...single, points: 0 }],
    [
      'a gap that the text lacks',
      { ...common, type: 'blanks', text: 'A.', blanks: [{ id: 'x', accept: ['y'], caseSensitive: false }] },
    ],
    [
      'an order that leaves an item out',
      { ...common, type: 'ordering', items: options, correct: ['a', 'a'] },
    ],
    ['an unknown type', { ...single, type: 'hotspot' }],
  ])('refuses %s', (_what, question) => {
    expect(questionSchema.safeParse(question).success).toBe(false)
  })

  it('refuses two questions with one id', () => {
    expect(questionsSchema.safeParse([single, single]).success).toBe(false)
  })

  it('keeps answers typed, and an attempt’s snapshot empty until it is submitted', () => {
    expect(answerValueSchema.safeParse({ type: 'single', choice: null }).success).toBe(true)
    expect(answerValueSchema.safeParse({ type: 'single', choice: 'a', score: 10 }).success).toBe(false)
    expect(attemptAnswersSchema.safeParse({}).success).toBe(true)
    const answer = {
      value: { type: 'true-false', value: true },
      sequence: 3,
      savedAt: '2026-01-01T00:00:00.000Z',
    }
    expect(attemptAnswersSchema.safeParse({ version: 1, answers: { q1: answer } }).success).toBe(true)
  })
})
