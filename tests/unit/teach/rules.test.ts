import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  arrangementOf,
  type Details,
  DETAIL_FIELDS,
  dropped,
  inOrder,
  isRearranged,
  mergeDetails,
  moveLesson,
  readArrangement,
  stepOf,
  writeArrangement,
} from '#lib/teach/rules'

type Lesson = { id: string }
type Module = { id: string; lessons: Lesson[] }

/** Modules `m0`, `m1` … with lessons `m0l0` …, as many as each number says. */
function outline(...counts: readonly number[]): Module[] {
  return counts.map((count, m) => ({
    id: `m${m}`,
    lessons: Array.from({ length: count }, (_, l) => ({ id: `m${m}l${l}` })),
  }))
}

const shape = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 6 }).map((counts) => outline(...counts))
const idsOf = (modules: readonly Module[]): string[] =>
  modules.flatMap(({ id, lessons }) => [id, ...lessons.map((lesson) => lesson.id)])
const written = (modules: readonly Module[]): string => writeArrangement(arrangementOf(modules))
const drop = (modules: readonly Module[], id: string, place: { id: string; after: boolean }) =>
  dropped<Lesson, Module>(modules, id, place)

describe('an arrangement', () => {
  test('is read as it was written, and nothing else is', () => {
    fc.assert(
      fc.property(shape, (modules) => {
        const arrangement = arrangementOf(modules)
        expect(readArrangement(writeArrangement(arrangement))).toEqual(arrangement)
      }),
    )
    for (const text of ['m', 'm:l,', ';', 'm:l;', 'M:l', 'm:l:l', "m:l'; drop", 'm: l'])
      expect(readArrangement(text)).toBeNull()
  })

  test('holds other parts as soon as one is missing, foreign or named twice', () => {
    const [from] = [arrangementOf(outline(2, 1))]
    const wrong = ['m0:m0l0,m0l1', 'm0:m0l0;m1:m1l0', 'm0:m0l0,m0l1,m0l1;m1:m1l0', 'm0:m0l0,m0l1;m1:m1l0,x']
    for (const text of wrong) expect(isRearranged(from, readArrangement(text) ?? [])).toBe(false)
    expect(isRearranged(from, readArrangement('m1:m0l1,m1l0;m0:m0l0') ?? [])).toBe(true)
  })
})

describe('letting go', () => {
  test('loses and doubles nothing, wherever it happens', () => {
    fc.assert(
      fc.property(shape, fc.nat(), fc.nat(), fc.boolean(), (modules, what, where, after) => {
        const ids = idsOf(modules)
        const id = ids[what % ids.length] ?? ''
        const moved = drop(modules, id, { id: ids[where % ids.length] ?? '', after })
        expect(isRearranged(arrangementOf(modules), arrangementOf(moved))).toBe(true)
        // What it was can be had back from the order alone.
        expect(written(inOrder<Lesson, Module>(moved, arrangementOf(modules)))).toBe(written(modules))
      }),
    )
  })

  test('puts a lesson beside the line that it was let go at, also in another module', () => {
    const modules = outline(2, 2)
    expect(written(drop(modules, 'm0l0', { id: 'm1l0', after: false }))).toBe('m0:m0l1;m1:m0l0,m1l0,m1l1')
    expect(written(drop(modules, 'm0l0', { id: 'm1l1', after: true }))).toBe('m0:m0l1;m1:m1l0,m1l1,m0l0')
    expect(written(drop(modules, 'm0l0', { id: 'm0l1', after: true }))).toBe('m0:m0l1,m0l0;m1:m1l0,m1l1')
    // Below a module's own line it is the first of its lessons; above, the last of those before.
    expect(written(drop(modules, 'm0l0', { id: 'm1', after: true }))).toBe('m0:m0l1;m1:m0l0,m1l0,m1l1')
    expect(written(drop(modules, 'm1l1', { id: 'm1', after: false }))).toBe('m0:m0l0,m0l1,m1l1;m1:m1l0')
    expect(written(drop(modules, 'm1l1', { id: 'm0', after: false }))).toBe('m0:m1l1,m0l0,m0l1;m1:m1l0')
  })

  test('puts a module before or after another, never inside it', () => {
    const modules = outline(1, 1, 0)
    expect(written(drop(modules, 'm2', { id: 'm0', after: false }))).toBe('m2:;m0:m0l0;m1:m1l0')
    expect(written(drop(modules, 'm0', { id: 'm1l0', after: false }))).toBe('m1:m1l0;m0:m0l0;m2:')
    expect(written(drop(modules, 'm0', { id: 'm0l0', after: true }))).toBe(written(modules))
  })
})

test('steps down lead through the whole course, and the same number up lead back', () => {
  fc.assert(
    fc.property(shape, (modules) => {
      const first = modules.flatMap(({ lessons }) => lessons)[0]
      if (first === undefined) return
      let now = modules
      const seen = [written(now)]
      for (let to = stepOf(now, first.id, 1); to !== null; to = stepOf(now, first.id, 1)) {
        now = moveLesson<Lesson, Module>(now, first.id, to)
        seen.push(written(now))
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(now.at(-1)?.lessons.at(-1)?.id).toBe(first.id)
      for (let to = stepOf(now, first.id, -1); to !== null; to = stepOf(now, first.id, -1))
        now = moveLesson<Lesson, Module>(now, first.id, to)
      expect(now[0]?.lessons[0]?.id).toBe(first.id)
    }),
  )
})

describe('two people who change the same details', () => {
  const text = fc.constantFrom('a', 'b', 'c')
  const details: fc.Arbitrary<Details> = fc.record({
    ...{ title: text, description: text, outcomes: text, categories: text },
    ...{ timeZone: text, enrollment: text, enrollmentKey: text, capacity: text },
  })

  test('both keep what they alone changed; only a field that both changed, differently, is in question', () => {
    fc.assert(
      fc.property(details, details, details, (base, mine, theirs) => {
        const { merged, conflicts } = mergeDetails(base, mine, theirs)
        for (const field of DETAIL_FIELDS) {
          const [was, my, their] = [base[field], mine[field], theirs[field]]
          expect(conflicts.includes(field)).toBe(my !== was && their !== was && my !== their)
          if (my === was) expect(merged[field]).toBe(their)
          else if (their === was) expect(merged[field]).toBe(my)
        }
      }),
    )
  })
})
