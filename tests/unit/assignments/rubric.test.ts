import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Rubric, rubricSchema } from '#lib/assignments/contract/rubric'
import { givenBy, marksFrom, mostOf, worthOf } from '#lib/assignments/rules/rubric'

const level = (id: string, points: string) => ({ id, title: `Level ${id}`, points, description: '' })
const rubric: Rubric = [
  { id: 'a', title: 'Idea', levels: [level('a1', '10'), level('a2', '5.5'), level('a3', '0')] },
  { id: 'b', title: 'Words', levels: [level('b1', '0.1'), level('b2', '0.2')] },
]
const choice = (criterionId: string, levelId: string | null, comment = '') => ({
  criterionId,
  levelId,
  comment,
})

describe('a rubric', () => {
  it('is worth the best level of each criterion', () => {
    expect(rubric.map(mostOf)).toEqual(['10', '0.2'])
    expect(worthOf(rubric)).toBe('10.2')
    expect(worthOf([])).toBe('0')
  })

  it('gives the points of the levels that were chosen, exactly, with the words of now', () => {
    const marks = marksFrom(rubric, [choice('b', 'b1', 'Short'), choice('a', 'a2')]) ?? []
    expect(marks).toEqual([
      {
        criterionId: 'a',
        title: 'Idea',
        most: '10',
        levelId: 'a2',
        level: 'Level a2',
        points: '5.5',
        comment: '',
      },
      {
        criterionId: 'b',
        title: 'Words',
        most: '0.2',
        levelId: 'b1',
        level: 'Level b1',
        points: '0.1',
        comment: 'Short',
      },
    ])
    expect(givenBy(marks)).toBe('5.6')
  })

  it('keeps a comment without a level, and leaves out what has neither', () => {
    expect(marksFrom(rubric, [choice('a', null, 'Where is it?'), choice('b', null)])).toMatchObject([
      { criterionId: 'a', levelId: null, level: '', points: '0', comment: 'Where is it?' },
    ])
  })

  it.each([
    ['a criterion that it doesn’t have', [choice('x', null)]],
    ['a level of another criterion', [choice('a', 'b1')]],
    ['a criterion twice', [choice('a', 'a1'), choice('a', 'a2')]],
  ])('takes no %s', (_what, choices) => {
    expect(marksFrom(rubric, choices)).toBeNull()
  })

  it('adds up as a slow sum in hundredths does, and never gives more than it is worth', () => {
    const points = fc.integer({ min: 0, max: 9_999 }).map((n) => (n / 100).toFixed(2).replace(/\.?0+$/, ''))
    const made = fc.array(fc.array(points, { minLength: 1, maxLength: 5 }), { maxLength: 6 }).map((all) =>
      all.map((levels, n) => ({
        ...{ id: `c${String(n)}`, title: `C${String(n)}` },
        levels: levels.map((one, at) => level(`c${String(n)}l${String(at)}`, one)),
      })),
    )
    fc.assert(
      fc.property(made, fc.nat(), (all, pick) => {
        expect(rubricSchema.safeParse(all).success).toBe(true)
        const chosen = all.map(({ levels }) => levels[pick % levels.length])
        const marks =
          marksFrom(
            all,
            all.map(({ id }, n) => choice(id, chosen[n]?.id ?? null)),
          ) ?? []
        const slow = chosen.reduce((sum, one) => sum + Math.round(Number(one?.points ?? 0) * 100), 0) / 100
        expect(Number(givenBy(marks))).toBeCloseTo(slow, 6)
        expect(Number(givenBy(marks))).toBeLessThanOrEqual(Number(worthOf(all)))
      }),
    )
  })
})
