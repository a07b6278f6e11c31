import { argon2Sync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Question } from '#lib/exams/contract'
import { gradeAnswer } from '#lib/exams/rules/grading'
import { answerTo } from '#prisma/seed/answers'
import { canaryOf } from '#prisma/seed/canary'
import { localTime, zoneOffset } from '#prisma/seed/clock'
import { seedId } from '#prisma/seed/ids'
import { parseOptions, SeedRefusal } from '#prisma/seed/options'
import { DEMO_PASSWORD, DEMO_PASSWORD_HASH } from '#prisma/seed/password'
import { random } from '#prisma/seed/random'
import { benchmarkSchools } from '#prisma/seed/scale-shape'

const common = { version: 1, prompt: 'p', points: 2, explanation: '' } as const
const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id }))
const multiple: Question = {
  ...common,
  id: 'm',
  type: 'multiple',
  options,
  correct: ['a', 'b'],
  partialCredit: true,
}

/** One question of every type that needs no teacher. */
const QUESTIONS: Question[] = [
  { ...common, id: 's', type: 'single', options, correct: 'b' },
  multiple,
  { ...common, id: 't', type: 'true-false', correct: false },
  {
    ...common,
    id: 'x',
    type: 'short-text',
    accept: [{ kind: 'regex', value: '^coalesce(\\(\\))?$' }],
    caseSensitive: false,
    accentSensitive: false,
  },
  {
    ...common,
    id: 'n',
    type: 'numeric',
    correct: 38.4,
    tolerance: { kind: 'relative', value: 0.005 },
    unit: 'dollars',
  },
  {
    ...common,
    id: 'p',
    type: 'matching',
    left: options,
    right: options,
    pairs: [
      ['a', 'b'],
      ['b', 'a'],
      ['c', 'd'],
      ['d', 'c'],
    ],
  },
  { ...common, id: 'o', type: 'ordering', items: options, correct: ['d', 'a', 'c', 'b'] },
  {
    ...common,
    id: 'f',
    type: 'blanks',
    text: '{{one}} {{two}}',
    blanks: [
      { id: 'one', accept: ['LEFT'], caseSensitive: false },
      { id: 'two', accept: ['IS NULL'], caseSensitive: false },
    ],
  },
]

describe('what the demo world is made with', () => {
  test('the stored hash is that of the demo password', () => {
    const [, , , , salt = '', hash = ''] = DEMO_PASSWORD_HASH.split('$')
    const nonce = Buffer.from(salt, 'base64')
    const parameters = { nonce, memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }
    const computed = argon2Sync('argon2id', { message: DEMO_PASSWORD, ...parameters })
    expect(computed.toString('base64').replace(/=+$/, '')).toBe(hash)
    expect(DEMO_PASSWORD_HASH.startsWith('$argon2id$v=19$m=19456,t=2,p=1$')).toBe(true)
  })

  test('ids depend on their parts and on where one part ends', () => {
    expect(seedId('a', 'bc')).toBe(seedId('a', 'bc'))
    expect(seedId('a', 'bc')).not.toBe(seedId('ab', 'c'))
    expect(seedId('x')).toMatch(/^c[0-9a-f]{24}$/)
  })

  test('chance falls the same way for the same key, and only for that', () => {
    const draws = (key: string): number[] => Array.from({ length: 20 }, random(key).next)
    expect(draws('one')).toEqual(draws('one'))
    expect(draws('one')).not.toEqual(draws('two'))
    expect(random('order').shuffle([1, 2, 3, 4, 5]).toSorted()).toEqual([1, 2, 3, 4, 5])
  })

  test('no two schools share a canary, and no escaping changes one', () => {
    expect(canaryOf('acme')).not.toBe(canaryOf('globex'))
    expect(canaryOf('acme')).toMatch(/^canary-acme-[0-9a-f]{16}$/)
  })

  test('days are the learner’s own', () => {
    const late = new Date('2026-11-23T23:30:00Z')
    expect(localTime(late, 'Europe/Berlin')).toEqual({ day: '2026-11-24', hour: 0 })
    expect(localTime(late, 'America/Chicago')).toEqual({ day: '2026-11-23', hour: 17 })
    expect(zoneOffset(late, 'Europe/Berlin')).toBe(3_600_000)
    expect(zoneOffset(late, 'America/Chicago')).toBe(-6 * 3_600_000)
    expect(zoneOffset(new Date('2026-11-24T00:00:00Z'), 'America/Chicago')).toBe(-6 * 3_600_000)
  })
})

describe('the scores of the demo world', () => {
  test.each(QUESTIONS)('a right answer to $type earns everything, a wrong one less', (question) => {
    const chance = random(question.id)
    const rules = { negativePercent: 0, voided: {} }
    expect(gradeAnswer(question, answerTo(question, true, chance), rules).outcome).toBe('right')
    expect(gradeAnswer(question, answerTo(question, false, chance), rules).outcome).not.toBe('right')
  })
})

describe('the words behind the command', () => {
  const now = new Date('2026-03-02T15:00:00Z')

  test('nothing means the demo world as of today', () => {
    const { anchor, scale } = parseOptions([], now)
    expect([anchor.toISOString(), scale]).toEqual(['2026-03-02T00:00:00.000Z', 0])
  })

  test.each([[['--scale', '50x']], [['--scale=50x']], [['--scale', '50']]])(
    '%j asks for fifty units',
    (args) => {
      expect(parseOptions(args, now).scale).toBe(50)
    },
  )

  test('a day can be given', () => {
    expect(parseOptions(['--anchor', '2025-12-31'], now).anchor.toISOString()).toBe(
      '2025-12-31T00:00:00.000Z',
    )
  })

  test.each([
    [['--scale']],
    [['--scale', '0']],
    [['--scale', '9999x']],
    [['--anchor', '2026-02-31']],
    [['--all']],
  ])('%j is refused in a sentence', (args) => {
    expect(() => parseOptions(args, now)).toThrow(SeedRefusal)
  })

  test('the largest benchmark school stays at a million rows, however large the database', () => {
    const giants = benchmarkSchools(120).filter(({ subdomain }) => subdomain.startsWith('bench-giant'))
    expect(giants.map(({ units }) => units)).toEqual([50, 50, 20])
    expect(benchmarkSchools(3).map(({ subdomain }) => subdomain)).toEqual([
      'bench-1',
      'bench-2',
      'bench-3',
      'bench-giant',
    ])
  })
})
