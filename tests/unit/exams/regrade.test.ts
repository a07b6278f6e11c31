import { describe, expect, test } from 'vitest'
import type { AnswerValue, Question } from '#lib/exams/contract'
import { eventFacts } from '#lib/exams/rules/event-facts'
import { regrade, type StandingMark } from '#lib/exams/rules/regrade'

// A regrade changes what the newer keys decide and nothing that a person has.

const truth = (id: string, correct: boolean, points = 1): Question => ({
  ...{ type: 'true-false', version: 1, id, prompt: id, points, explanation: '', correct },
})
const essay = (id: string): Question => ({
  ...{ type: 'essay', version: 1, id, prompt: id, points: 5, explanation: '' },
  ...{ minWords: null, maxWords: null },
})
const mark = (questionId: string, points: string | null, more: Partial<StandingMark> = {}): StandingMark => ({
  ...{ questionId, points, maxPoints: '1.0000', byHand: false, ...more },
})
const yes: AnswerValue = { type: 'true-false', value: true }
const plain = { negativePercent: 0, voided: {} }

function by(newest: readonly Question[], asked: readonly Question[], settings = plain) {
  return {
    questions: new Map(newest.map((one) => [one.id, one])),
    asked: new Map(asked.map((one) => [one.id, one.type])),
    settings,
  }
}

describe('a regrade', () => {
  const old = [truth('a', false), truth('b', true)]

  test('names what changes, with the points from and to, and nothing else', () => {
    const marks = [mark('a', '0.0000'), mark('b', '1.0000')]
    const answers = new Map([
      ['a', yes],
      ['b', yes],
    ])
    expect(regrade(marks, answers, by([truth('a', true), truth('b', true)], old))).toEqual({
      marks: [{ questionId: 'a', from: '0', fromMax: '1', to: '1', toMax: '1' }],
      ...{ score: '2', maxScore: '2' },
    })
  })

  test('leaves points that a person gave', () => {
    const marks = [mark('a', '0.5000', { byHand: true }), mark('b', '1.0000')]
    const after = regrade(marks, new Map([['b', yes]]), by([truth('a', true, 9), truth('b', true)], old))
    expect(after).toEqual({ marks: [], score: '1.5', maxScore: '2' })
  })

  test('leaves the points of a question that the newer version lacks, or has as another type', () => {
    const marks = [mark('a', '1.0000'), mark('b', '1.0000')]
    const after = regrade(marks, new Map(), by([essay('b')], old))
    expect(after).toEqual({ marks: [], score: '2', maxScore: '2' })
  })

  test('keeps waiting what a person has to read', () => {
    const answers = new Map<string, AnswerValue>([['e', { type: 'essay', text: 'Long.' }]])
    const after = regrade([mark('e', null, { maxPoints: '5' })], answers, by([essay('e')], [essay('e')]))
    expect(after).toEqual({ marks: [], score: null, maxScore: '5' })
  })

  test('gives all points of a question voided in full, and takes an excluded one out of what could be had', () => {
    const settings = { negativePercent: 0, voided: { a: 'full', b: 'excluded' } } as const
    const after = regrade([mark('a', '0'), mark('b', '1')], new Map(), by(old, old, settings))
    expect(after).toMatchObject({ score: '1', maxScore: '1' })
    expect(after.marks.map(({ questionId, to, toMax }) => [questionId, to, toMax])).toEqual([
      ['a', '1', '1'],
      ['b', '0', '0'],
    ])
  })
})

describe('events as facts', () => {
  const event = (kind: Parameters<typeof eventFacts>[0][number]['kind'], seconds: number | null = null) => ({
    ...{ kind, seconds, length: null },
  })

  test('count absences once, by whichever end of them arrived, with their time', () => {
    const events = [
      event('FOCUS_LOST'),
      event('FOCUS_BACK', 10),
      event('FOCUS_LOST'),
      event('FOCUS_BACK', 30),
      event('FOCUS_LOST'),
    ]
    expect(eventFacts(events)).toEqual([{ kind: 'left', count: 3, seconds: 40, length: 0 }])
  })

  test('say nothing of what never happened', () => {
    expect(eventFacts([])).toEqual([])
    expect(eventFacts([event('RECONNECTED', 5)])).toEqual([
      { kind: 'offline', count: 1, seconds: 5, length: 0 },
    ])
  })
})
