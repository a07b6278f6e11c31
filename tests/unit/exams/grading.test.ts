import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnswerValue, answerValueSchema, type Question } from '#lib/exams/contract'
import { gradeAnswer, totalOf } from '#lib/exams/rules/grading'
import { passed } from '#lib/exams/rules/passed'
import {
  blanks,
  choose,
  count,
  EACH,
  essay,
  fileUpload,
  matching,
  multiple,
  numeric,
  order,
  ordering,
  runs,
  shortText,
  single,
  tick,
  trueFalse,
  write,
} from './questions'

const plain = { negativePercent: 0, voided: {} }
const points = (question: Question, answer: AnswerValue | null, settings = plain) =>
  gradeAnswer(question, answer, settings).points
const outcome = (question: Question, answer: AnswerValue | null) =>
  gradeAnswer(question, answer, plain).outcome

describe('what an answer earns', () => {
  test.each<[string, Question, AnswerValue | null, string, string | null]>([
    ['the right choice', single, choose('b'), 'right', '3'],
    ['a wrong choice', single, choose('a'), 'wrong', '0'],
    ['a choice that was taken back', single, choose(null), 'unanswered', '0'],
    ['no answer', single, null, 'unanswered', '0'],
    ['an answer of another type', single, write('b'), 'unanswered', '0'],
    ['every right tick', multiple, tick('d', 'a'), 'right', '3'],
    ['one of two right ticks', multiple, tick('a'), 'partly', '1.5'],
    ['a right tick twice', multiple, tick('a', 'a'), 'partly', '1.5'],
    ['two right ticks and one of three wrong ones', multiple, tick('a', 'd', 'b'), 'partly', '2'],
    ['all ticks', multiple, tick('a', 'b', 'c', 'd', 'e'), 'wrong', '0'],
    ['half, where parts earn nothing', { ...multiple, partialCredit: false }, tick('a'), 'wrong', '0'],
    ['false where false is right', trueFalse, { type: 'true-false', value: false }, 'right', '3'],
    [
      'one pair of three',
      matching,
      {
        type: 'matching',
        pairs: [
          ['l1', 'r1'],
          ['l2', 'r4'],
        ],
      },
      'partly',
      '1',
    ],
    ['one item moved to the end', ordering, order('a', 'd', 'b', 'c'), 'partly', '2'],
    ['the reverse order', ordering, order('b', 'd', 'a', 'c'), 'wrong', '0'],
    [
      'a near order, all or nothing',
      { ...ordering, partialCredit: false },
      order('a', 'd', 'b', 'c'),
      'wrong',
      '0',
    ],
    [
      'two of three blanks',
      blanks,
      { type: 'blanks', texts: { x: ' RIGHT  x', y: 'right y', z: '' } },
      'partly',
      '2',
    ],
    ['an essay', essay, { type: 'essay', text: 'Words.' }, 'waits', null],
    ['an essay of white space', essay, { type: 'essay', text: ' \n' }, 'unanswered', '0'],
    ['no file', fileUpload, { type: 'file-upload', keys: [] }, 'unanswered', '0'],
    ['a file', fileUpload, { type: 'file-upload', keys: ['k'] }, 'waits', null],
  ])('%s', (_name, question, answer, expected, worth) => {
    expect(gradeAnswer(question, answer, plain)).toEqual({ outcome: expected, points: worth, maxPoints: '3' })
  })

  test('thirds are rounded half up at the fourth place, once', () => {
    expect(points({ ...blanks, points: 1 }, { type: 'blanks', texts: { x: 'right x' } })).toBe('0.3333')
    expect(points({ ...blanks, points: 1 }, { type: 'blanks', texts: { x: 'right x', y: 'right y' } })).toBe(
      '0.6667',
    )
    expect(points({ ...multiple, points: 0.0001 }, tick('a'))).toBe('0.0001')
  })

  test('a blank named like something every object has is empty until it is filled', () => {
    const question: Question = {
      ...blanks,
      text: '{{constructor}}',
      blanks: [{ id: 'constructor', accept: ['x'], caseSensitive: true }],
    }
    expect(outcome(question, { type: 'blanks', texts: { other: 'x' } })).toBe('wrong')
  })

  test('right-hand sides and items that read the same are the same', () => {
    const right = [
      { id: 'r1', text: 'Mammal' },
      { id: 'r2', text: 'Mammal' },
    ]
    const question: Question = {
      ...matching,
      right,
      pairs: [
        ['l1', 'r1'],
        ['l2', 'r2'],
      ],
    }
    expect(
      outcome(question, {
        type: 'matching',
        pairs: [
          ['l1', 'r2'],
          ['l2', 'r1'],
        ],
      }),
    ).toBe('right')
    const items = ['a', 'b', 'c'].map((id) => ({ id, text: id === 'c' ? 'a' : id }))
    const ordered: Question = { ...ordering, items, correct: ['a', 'b', 'c'] }
    expect(outcome(ordered, order('c', 'b', 'a'))).toBe('right')
    expect(outcome(ordered, order('b', 'a', 'c'))).toBe('partly')
  })
})

describe('negative marking', () => {
  const costs = { negativePercent: 25, voided: {} }

  test('costs only a choice that was made and earned nothing', () => {
    expect(points(single, choose('a'), costs)).toBe('-0.75')
    expect(points(trueFalse, { type: 'true-false', value: true }, costs)).toBe('-0.75')
    expect(points(multiple, tick('b'), costs)).toBe('-0.75')
    expect(points(multiple, tick('a', 'b'), costs)).toBe('0.5')
    expect(points(single, null, costs)).toBe('0')
    expect(points(single, choose(null), costs)).toBe('0')
  })

  test('costs nothing where something was written, matched or put in order', () => {
    expect(points(shortText, write('tea'), costs)).toBe('0')
    expect(points(numeric, count('9'), costs)).toBe('0')
    expect(points(ordering, order('b', 'd', 'a', 'c'), costs)).toBe('0')
    expect(points(matching, { type: 'matching', pairs: [['l1', 'r4']] }, costs)).toBe('0')
  })
})

describe('questions that were taken out of the grade', () => {
  test('give all their points, or 0 of 0, whatever was answered', () => {
    for (const question of EACH) {
      const full = { negativePercent: 100, voided: { [question.id]: 'full' as const } }
      const excluded = { negativePercent: 100, voided: { [question.id]: 'excluded' as const } }
      expect(gradeAnswer(question, null, full)).toEqual({ outcome: 'right', points: '3', maxPoints: '3' })
      expect(gradeAnswer(question, choose('a'), excluded)).toEqual({
        outcome: 'right',
        points: '0',
        maxPoints: '0',
      })
    }
  })

  test('a question named like something every object has is not taken out', () => {
    expect(outcome({ ...single, id: 'constructor' }, choose('a'))).toBe('wrong')
  })
})

describe('the whole of an attempt', () => {
  test('has no score while one question waits, and never less than 0', () => {
    expect(
      totalOf([
        { points: '1', maxPoints: '2' },
        { points: null, maxPoints: '6' },
      ]),
    ).toEqual({
      score: null,
      maxScore: '8',
    })
    expect(
      totalOf([
        { points: '-1', maxPoints: '2' },
        { points: '0.5', maxPoints: '1.5' },
      ]),
    ).toEqual({
      score: '0',
      maxScore: '3.5',
    })
    expect(totalOf([])).toEqual({ score: '0', maxScore: '0' })
  })

  test('is the exact sum of its questions, which floats are not', () => {
    const tenths = Array.from({ length: 10 }, () => ({ points: '0.1', maxPoints: '0.1' }))
    expect(totalOf(tenths)).toEqual({ score: '1', maxScore: '1' })
    const cents = fc.array(fc.integer({ min: -9_999, max: 9_999_999 }), { maxLength: 60 })
    const text = (n: bigint): string => {
      const digits = String(n < 0n ? -n : n).padStart(5, '0')
      return `${n < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`
    }
    fc.assert(
      fc.property(cents, (all) => {
        const { score } = totalOf(all.map((n) => ({ points: text(BigInt(n)), maxPoints: '1' })))
        const sum = all.reduce((total, n) => total + BigInt(n), 0n)
        const [whole = '', places = ''] = (score ?? '').split('.')
        expect(BigInt(`${whole}${places.padEnd(4, '0')}`)).toBe(sum < 0n ? 0n : sum)
      }),
      runs(100),
    )
  })
})

describe('passing', () => {
  test('is decided exactly at the mark', () => {
    expect(passed('19.5', '30', 65)).toBe(true)
    expect(passed('19.4999', '30', 65)).toBe(false)
    expect(passed('0.3', '1', 30)).toBe(true)
    expect(passed(null, '30', 65)).toBeNull()
    expect(passed('3', '30', null)).toBeNull()
    expect(passed('0', '0', 60)).toBe(true)
  })
})

const ids = ['a', 'b', 'c', 'd', 'e']

/** Slow and obvious: looks at each option, each position and each pair for itself. */
function multipleByHand(correct: string[], chosen: string[], max: number): number {
  let share = 0
  for (const id of ids) {
    if (!chosen.includes(id)) continue
    share += correct.includes(id) ? 1 / correct.length : -1 / (ids.length - correct.length)
  }
  return max * Math.max(0, share)
}

function orderingByHand(key: string[], given: string[], max: number): number {
  let together = 0
  for (let at = 0; at + 1 < key.length; at += 1) {
    const place = given.indexOf(key[at] ?? '')
    if (place !== -1 && given[place + 1] === key[at + 1]) together += 1
  }
  return (max * together) / (key.length - 1)
}

describe('against a slow and obvious reference', () => {
  const worth = fc.integer({ min: 1, max: 4_000 }).map((quarters) => quarters / 4)
  const near = (text: string | null, value: number) =>
    expect(Math.abs(Number(text) - value)).toBeLessThan(0.000_051)

  test('ticks earn and cost their shares', () => {
    const correct = fc.subarray(ids, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(correct, fc.shuffledSubarray(ids, { minLength: 1 }), worth, (key, chosen, max) => {
        near(
          points({ ...multiple, correct: key, points: max }, tick(...chosen)),
          multipleByHand(key, chosen, max),
        )
      }),
      runs(100),
    )
  })

  test('orders earn the share of their neighbours', () => {
    const all = fc.shuffledSubarray(ids, { minLength: 5 })
    fc.assert(
      fc.property(all, fc.shuffledSubarray(ids, { minLength: 1 }), worth, (key, given, max) => {
        const question: Question = {
          ...ordering,
          items: ids.map((id) => ({ id, text: id })),
          correct: key,
          points: max,
        }
        near(points(question, order(...given)), orderingByHand(key, given, max))
      }),
      runs(100),
    )
  })

  test('no answer whatsoever throws, earns more than all, or costs more than its share', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    const partId = fc.constantFrom('a', 'b', 'l1', 'r1', 'x', 'y', '__proto__', 'constructor')
    const pair = fc.tuple(partId, partId)
    const answer: fc.Arbitrary<AnswerValue> = fc.oneof(
      fc.record({ type: fc.constant('single' as const), choice: fc.option(partId) }),
      fc.record({ type: fc.constant('multiple' as const), choices: fc.array(partId) }),
      fc.record({ type: fc.constant('true-false' as const), value: fc.option(fc.boolean()) }),
      fc.record({ type: fc.constant('short-text' as const), text }),
      fc.record({ type: fc.constant('numeric' as const), text, unit: fc.option(text) }),
      fc.record({ type: fc.constant('matching' as const), pairs: fc.array(pair) }),
      fc.record({ type: fc.constant('ordering' as const), order: fc.array(partId) }),
      fc.record({ type: fc.constant('blanks' as const), texts: fc.dictionary(partId, text) }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...EACH),
        answer,
        fc.integer({ min: 0, max: 100 }),
        (question, given, percent) => {
          fc.pre(answerValueSchema.safeParse(given).success)
          const grade = gradeAnswer(question, given, { negativePercent: percent, voided: {} })
          expect(Number(grade.points)).toBeLessThanOrEqual(3)
          expect(Number(grade.points)).toBeGreaterThanOrEqual((-3 * percent) / 100)
          expect(grade.outcome === 'right').toBe(grade.points === '3')
        },
      ),
      runs(60),
    )
  })
})
