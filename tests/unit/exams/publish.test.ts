import { describe, expect, test } from 'vitest'
import { examSettingsSchema } from '#lib/exams/contract/settings'
import { isPublishable, type Judged, judgeExam, stateOf } from '#lib/exams/rules/publish'
import { makeQuestions } from '#tests/support/factories'

// The gate: each thing that would make an exam unfair or impossible is found, and nothing else is.

const NOW = new Date('2026-05-01T12:00:00Z')
const at = (time: string): Date => new Date(`2026-05-01T${time}:00Z`)
const settings = (more: object = {}) => examSettingsSchema.parse(more)

const FINE: Judged = {
  questions: makeQuestions(4),
  settings: settings(),
  duration: 60,
  startDate: null,
  endDate: null,
  now: NOW,
  course: { published: true, learners: 3 },
  attempts: 0,
}
const found = (more: Partial<Judged>): string[] => judgeExam({ ...FINE, ...more }).map(({ rule }) => rule)
const pool = (draw: number, ...questionIds: string[]) => ({
  id: `p${String(draw)}`,
  title: 'Pool',
  draw,
  questionIds,
})
const pattern = {
  ...{ version: 1 as const, id: 's', prompt: 'P', points: 1, explanation: '', type: 'short-text' as const },
  ...{ accept: [{ kind: 'regex' as const, value: '(' }], caseSensitive: false, accentSensitive: false },
}

describe('the gate', () => {
  test('lets an exam pass that has nothing wrong', () => {
    expect(judgeExam(FINE)).toEqual([])
  })

  test.each<[string, Partial<Judged>]>([
    ['no-questions', { questions: [] }],
    ['pattern-bad', { questions: [pattern] }],
    ['points-many', { questions: makeQuestions(101).map((question) => ({ ...question, points: 1_000 })) }],
    ['pool-short', { settings: settings({ pools: [pool(3, 'q0', 'q1')] }) }],
    ['pool-shared', { settings: settings({ pools: [pool(1, 'q0', 'q1'), pool(2, 'q1', 'q2')] }) }],
    ['window-past', { endDate: at('11:00') }],
    ['window-short', { endDate: at('12:30') }],
    ['window-short', { startDate: at('14:00'), endDate: at('14:59') }],
    ['close-without-end', { settings: settings({ review: { when: 'after-close' } }) }],
  ])('stops for %s', (rule, more) => {
    expect(found(more)).toEqual([rule])
    expect(isPublishable(judgeExam({ ...FINE, ...more }))).toBe(false)
  })

  test('stops for a pool whose questions are worth different points', () => {
    const questions = makeQuestions(2).map((question, index) => ({ ...question, points: index + 1 }))
    expect(found({ questions, settings: settings({ pools: [pool(1, 'q0', 'q1')] }) })).toEqual([
      'pool-unequal',
    ])
  })

  test('stops where nobody can pass any more', () => {
    const voided = { q0: 'excluded', q1: 'excluded', q2: 'excluded', q3: 'excluded' }
    expect(found({ settings: settings({ passPercent: 50, voided }) })).toEqual(['pass-impossible'])
  })

  test.each<[string, Partial<Judged>]>([
    ['pass-everyone', { settings: settings({ passPercent: 0 }) }],
    ['key-before-last', { settings: settings({ attempts: 2, review: { key: true } }) }],
    ['key-while-open', { settings: settings({ attempts: 1, review: { key: true } }) }],
    ['course-hidden', { course: { published: false, learners: 0 } }],
    ['nobody-enrolled', { course: { published: true, learners: 0 } }],
  ])('only warns of %s', (rule, more) => {
    expect(found(more)).toEqual([rule])
    expect(isPublishable(judgeExam({ ...FINE, ...more }))).toBe(true)
  })

  test('lets a corrected key through after the exam is over', () => {
    expect(found({ endDate: at('11:00'), attempts: 12 })).toEqual([])
  })
})

test.each([
  ['draft', null, null, null],
  ['open', NOW, null, null],
  ['planned', NOW, at('13:00'), null],
  ['closed', NOW, null, at('12:00')],
] as const)('an exam is %s', (state, publishedAt, startDate, endDate) => {
  expect(stateOf({ publishedAt, startDate, endDate }, NOW)).toBe(state)
})
