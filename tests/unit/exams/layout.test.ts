import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Question } from '#lib/exams/contract'
import { examSettingsSchema } from '#lib/exams/contract/settings'
import { attemptLayoutSchema } from '#lib/exams/contract/taking'
import { deliver, drawLayout, questionsOf } from '#lib/exams/rules/layout'
import { EACH, matching, numeric, ordering, partsOf, runs, shortText, single } from './questions'

const settings = (some: object = {}) => examSettingsSchema.parse(some)
const SPAN = 2 ** 40
const random = () => randomInt(SPAN) / SPAN
/** A source that fast-check chooses, so that what fails can be repeated. */
const source = fc
  .infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))
  .map((stream) => () => {
    const next = stream.next()
    return next.done === true ? 0 : next.value
  })
const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id)
const many = (count: number): Question[] =>
  Array.from({ length: count }, (_, at) => ({ ...single, id: `q${at}` }))

describe('which questions an attempt gets', () => {
  test('all outside of pools, of each pool as many as it says, none twice, in the order of the exam', () => {
    const names = ids(many(12))
    const pool = fc.record({
      draw: fc.integer({ min: 1, max: 6 }),
      questionIds: fc.subarray(names, { minLength: 1 }),
    })
    fc.assert(
      fc.property(fc.array(pool, { maxLength: 3 }), source, (pools, next) => {
        const rules = settings({ pools: pools.map((one, at) => ({ ...one, id: `p${at}`, title: 'Pool' })) })
        const asked = ids(drawLayout(many(12), rules, next).questions)
        const pooled = new Set(pools.flatMap(({ questionIds }) => questionIds))
        expect(asked).toEqual(names.filter((name) => asked.includes(name)))
        expect(asked).toEqual(expect.arrayContaining(names.filter((name) => !pooled.has(name))))
        let most = names.length - pooled.size
        for (const { draw, questionIds } of pools) {
          const got = questionIds.filter((name) => asked.includes(name)).length
          expect(got).toBeGreaterThanOrEqual(Math.min(draw, questionIds.length) - overlap(pools))
          most += Math.min(draw, questionIds.length)
        }
        expect(asked.length).toBeLessThanOrEqual(most)
        if (overlap(pools) === 0) expect(asked.length).toBe(most)
      }),
      runs(60),
    )
  })

  test('every question of a pool is drawn sooner or later, and every place is taken by each', () => {
    const rules = settings({
      pools: [{ id: 'p', title: 'Pool', draw: 1, questionIds: ['q0', 'q1', 'q2'] }],
      shuffleQuestions: true,
    })
    const seen = new Set<string>()
    for (let run = 0; run < 300; run += 1) seen.add(ids(drawLayout(many(4), rules, random).questions).join())
    expect([...seen].sort()).toEqual(['q0,q3', 'q1,q3', 'q2,q3', 'q3,q0', 'q3,q1', 'q3,q2'])
  })

  test('a pool names questions that were taken out, or wants more than there are: it gives what is there', () => {
    const rules = settings({ pools: [{ id: 'p', title: 'Pool', draw: 9, questionIds: ['q1', 'gone'] }] })
    expect(ids(drawLayout(many(2), rules, random).questions)).toEqual(['q0', 'q1'])
  })
})

function overlap(pools: readonly { questionIds: string[] }[]): number {
  const all = pools.flatMap(({ questionIds }) => questionIds)
  return all.length - new Set(all).size
}

describe('how options stand', () => {
  test('as the exam has them, unless they are shuffled; then all orders occur', () => {
    expect(drawLayout([single], settings(), random).questions).toEqual([{ id: 'q1' }])
    const seen = new Set<string>()
    for (let run = 0; run < 300; run += 1) {
      const layout = drawLayout([single], settings({ shuffleOptions: true }), random)
      seen.add(layout.questions[0]?.order?.join() ?? '')
    }
    expect(seen.size).toBe(6)
  })

  test('items and right-hand sides never as the key has them, and in every other order', () => {
    const [three, pairs] = [
      { ...ordering, id: 'o', items: partsOf('a', 'b', 'c'), correct: ['b', 'a', 'c'] },
      { ...matching, id: 'm', right: partsOf('r1', 'r2', 'r3') },
    ]
    const seen = { o: new Set<string>(), m: new Set<string>() }
    for (let run = 0; run < 300; run += 1) {
      const [o, m] = drawLayout([three, pairs], settings(), random).questions
      seen.o.add(o?.order?.join() ?? '')
      seen.m.add(m?.order?.join() ?? '')
    }
    expect(seen.o).toEqual(new Set(['a,b,c', 'a,c,b', 'b,c,a', 'c,a,b', 'c,b,a']))
    expect(seen.m.size).toBe(5)
    expect(seen.m.has('r1,r2,r3')).toBe(false)
  })

  test('distractors between the right ones don’t make the key’s order another', () => {
    fc.assert(
      fc.property(source, (next) => {
        const order = drawLayout([matching], settings(), next).questions[0]?.order ?? []
        expect(order.toSorted()).toEqual(['r1', 'r2', 'r3', 'r4'])
        expect(order.filter((id) => id !== 'r4')).not.toEqual(['r1', 'r2', 'r3'])
      }),
      runs(100),
    )
  })

  test('of two, either order occurs: leaving one out would tell the answer', () => {
    const two: Question = { ...ordering, items: partsOf('a', 'b'), correct: ['b', 'a'] }
    const seen = new Set<string>()
    for (let run = 0; run < 100; run += 1)
      seen.add(drawLayout([two], settings(), random).questions[0]?.order?.join() ?? '')
    expect(seen.size).toBe(2)
  })

  test('a source that always says the same ends, and gives a layout that is one', () => {
    for (const constant of [0, 0.5, 0.999_999]) {
      const layout = drawLayout(
        EACH,
        settings({ shuffleQuestions: true, shuffleOptions: true }),
        () => constant,
      )
      expect(attemptLayoutSchema.parse(layout)).toEqual(layout)
      expect(ids(layout.questions).sort()).toEqual(ids(EACH).sort())
    }
  })
})

describe('the questions of an attempt', () => {
  test('stand as they were drawn, their keys untouched, time after time', () => {
    const layout = drawLayout(EACH, settings({ shuffleQuestions: true, shuffleOptions: true }), random)
    const shown = questionsOf(EACH, layout)
    expect(ids(shown)).toEqual(ids(layout.questions))
    expect(questionsOf(EACH, layout)).toEqual(shown)
    expect(shown.map((question) => ('correct' in question ? question.correct : null))).toEqual(
      ids(shown).map((id) => {
        const from = EACH.find((question) => question.id === id)
        return from !== undefined && 'correct' in from ? from.correct : null
      }),
    )
  })

  test('of a later version: what it lost is left out, an option it gained comes last', () => {
    const layout = {
      version: 1 as const,
      questions: [{ id: 'gone' }, { id: 'q1', order: ['c', 'lost', 'a'] }],
    }
    const [shown] = questionsOf([single], layout)
    expect(shown?.type === 'single' && ids(shown.options)).toEqual(['c', 'a', 'b'])
  })

  test('without a layout are all, and items still don’t stand as the key has them', () => {
    const [first] = deliver([{ ...ordering, items: partsOf('a', 'b', 'c'), correct: ['a', 'b', 'c'] }], {})
    expect(first?.type === 'ordering' && ids(first.items)).not.toEqual(['a', 'b', 'c'])
    expect(deliver(EACH, {})).toEqual(deliver(EACH, {}))
  })
})

const SECRET = 'sEcReT'

/** Every string of a value, however deep. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

describe('what reaches a learner’s browser', () => {
  test('holds no string of key, explanation and origin, and nothing that questions may get later', () => {
    const secretive = EACH.map((question): Question => {
      const more = { explanation: `${SECRET} why`, bankId: `${SECRET}-bank`, later: [`${SECRET} later`] }
      if (question.type === 'short-text')
        return { ...question, ...more, accept: [{ kind: 'regex', value: SECRET }] }
      if (question.type === 'blanks')
        return {
          ...question,
          ...more,
          blanks: question.blanks.map((blank) => ({ ...blank, accept: [SECRET] })),
        }
      if (question.type === 'numeric')
        return { ...question, ...more, unit: SECRET, otherUnits: [{ unit: `${SECRET}2`, factor: 2 }] }
      return { ...question, ...more }
    })
    expect(strings(secretive).filter((text) => text.includes(SECRET)).length).toBeGreaterThan(30)
    for (const layout of [{}, drawLayout(secretive, settings({ shuffleOptions: true }), random)]) {
      const sent = deliver(secretive, layout)
      expect(sent).toHaveLength(EACH.length)
      expect(strings(sent).filter((text) => text.includes(SECRET))).toEqual([])
    }
  })

  test('is the same whatever the key says', () => {
    const keys = fc.record({
      choice: fc.constantFrom('a', 'b', 'c'),
      ticks: fc.subarray(['a', 'b', 'c', 'd', 'e'], { minLength: 1 }),
      truth: fc.boolean(),
      order: fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }),
      rights: fc.shuffledSubarray(['r1', 'r2', 'r3', 'r4'], { minLength: 3, maxLength: 3 }),
      number: fc.double({ noNaN: true, noDefaultInfinity: true }),
      text: fc.string({ minLength: 1, maxLength: 20 }),
    })
    type Keys = typeof keys extends fc.Arbitrary<infer K> ? K : never
    const keyed = (key: Keys): Question[] =>
      EACH.map((question): Question => {
        if (question.type === 'single') return { ...question, correct: key.choice }
        if (question.type === 'multiple') return { ...question, correct: key.ticks }
        if (question.type === 'true-false') return { ...question, correct: key.truth }
        if (question.type === 'ordering') return { ...question, correct: key.order }
        if (question.type === 'numeric') return { ...question, correct: key.number }
        if (question.type === 'short-text')
          return { ...question, accept: [{ kind: 'exact', value: key.text }] }
        if (question.type !== 'matching') return { ...question, explanation: key.text }
        return {
          ...question,
          pairs: question.left.map(({ id }, at): [string, string] => [id, key.rights[at] ?? 'r1']),
        }
      })
    const layout = drawLayout(EACH, settings({ shuffleQuestions: true, shuffleOptions: true }), random)
    fc.assert(
      fc.property(keys, (key) => {
        expect(deliver(keyed(key), layout)).toEqual(deliver(EACH, layout))
      }),
      runs(50),
    )
  })

  test('says whether a unit is asked for, not which', () => {
    expect(deliver([numeric, { ...numeric, unit: 'km' }], {})).toMatchObject([
      { asksUnit: false },
      { asksUnit: true },
    ])
    expect(Object.keys(deliver([shortText], {})[0] ?? {}).sort()).toEqual(['id', 'points', 'prompt', 'type'])
  })
})
