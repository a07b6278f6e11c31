import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type SIGNALS, THRESHOLDS } from '#lib/insight/contract/constants'
import type { LearnerFacts } from '#lib/insight/contract/views'
import { byNeed, signalsOf } from '#lib/insight/rules/signals'

const DAY = 86_400_000
const now = new Date('2026-11-27T12:00:00Z')
const ago = (days: number): Date => new Date(now.getTime() - days * DAY)

const calm: LearnerFacts = {
  ...{ enrolledAt: ago(10), progress: 40, days: 4, lastAt: ago(1), works: [], exams: [] },
}
const given = (more: Partial<LearnerFacts>, pace: number | null = null) =>
  signalsOf({ ...calm, ...more }, { now, pace })
const names = (more: Partial<LearnerFacts>, pace: number | null = null) =>
  given(more, pace).map(({ signal }) => signal)

const exam = (percent: number, passed: boolean | null, days: number) => ({
  ...{ title: `Exam ${days}`, percent, passed, at: ago(days) },
})
const work = (due: number, handedIn: number | null) => ({
  ...{ title: `Work ${due}`, dueAt: ago(due), handedInAt: handedIn === null ? null : ago(handedIn) },
})

describe('a signal', () => {
  it('is none for somebody who is where the class is', () => {
    expect(given({}, 4)).toEqual([])
  })

  it('tells whoever went quiet from whoever came once and from whoever never came', () => {
    expect(names({ lastAt: ago(7), days: 2 })).toEqual(['silent'])
    expect(names({ lastAt: ago(7), days: 1 })).toEqual(['not-returned'])
    expect(names({ lastAt: null, days: 0, progress: 0, enrolledAt: ago(7) })).toEqual(['not-started'])
    expect(names({ lastAt: ago(6.99), days: 2 })).toEqual([])
    expect(names({ lastAt: ago(6.99), days: 1 })).toEqual([])
    expect(names({ lastAt: null, days: 0, progress: 0, enrolledAt: ago(6.99) })).toEqual([])
    expect(given({ lastAt: ago(9), days: 2 })).toMatchObject([{ since: ago(9), amount: 9 }])
  })

  it('of being behind names the day on which the class stood where they stand', () => {
    const [behind] = given({ enrolledAt: ago(20), progress: 20 }, 4)
    expect(behind).toMatchObject({ signal: 'behind', amount: 60, since: ago(15) })
    expect(names({ enrolledAt: ago(20), progress: 40 }, 4)).toEqual(['behind'])
    expect(names({ enrolledAt: ago(20), progress: 40.1 }, 4)).toEqual([])
    expect(names({ enrolledAt: ago(13.9), progress: 0 }, 4)).toEqual([])
    expect(names({ enrolledAt: ago(20), progress: 1 }, 1)).toEqual([])
    expect(names({ enrolledAt: ago(20), progress: 1 }, null)).toEqual([])
  })

  it('of work counts what is missing at once, and what was late from the second time on', () => {
    expect(given({ works: [work(3, null), work(9, null)] })).toMatchObject([
      { signal: 'missing', since: ago(9), amount: 2, titles: ['Work 3', 'Work 9'] },
    ])
    expect(names({ works: [work(9, null)], lastAt: null, days: 0, progress: 0, enrolledAt: ago(9) })).toEqual(
      ['not-started'],
    )
    expect(names({ works: [work(9, 8)] })).toEqual([])
    expect(given({ works: [work(9, 8), work(4, 3)] })).toMatchObject([
      { signal: 'late', since: ago(9), amount: 2 },
    ])
  })

  it('of exams looks at the newest: failed in a row, or far below the ones before', () => {
    expect(given({ exams: [exam(80, true, 9), exam(30, false, 5), exam(20, false, 2)] })).toMatchObject([
      { signal: 'failed', since: ago(5), amount: 2 },
      { signal: 'dropped', since: ago(2) },
    ])
    expect(names({ exams: [exam(30, false, 5), exam(60, true, 2)] })).toEqual([])
    expect(names({ exams: [exam(90, null, 9), exam(90, null, 5), exam(70, null, 2)] })).toEqual(['dropped'])
    expect(names({ exams: [exam(90, null, 9), exam(90, null, 5), exam(70.1, null, 2)] })).toEqual([])
    expect(names({ exams: [exam(90, null, 9), exam(10, null, 2)] })).toEqual([])
  })
})

const instant = fc
  .integer({ min: 0, max: 120 * 24 })
  .map((hours) => new Date(now.getTime() - hours * 3_600_000))
const facts: fc.Arbitrary<LearnerFacts> = fc.record({
  enrolledAt: instant,
  progress: fc.double({ min: 0, max: 99.99, noNaN: true }),
  days: fc.nat({ max: 40 }),
  lastAt: fc.option(instant),
  works: fc.array(fc.record({ title: fc.string(), dueAt: instant, handedInAt: fc.option(instant) }), {
    maxLength: 4,
  }),
  exams: fc.array(
    fc.record({
      title: fc.string(),
      percent: fc.double({ min: 0, max: 100, noNaN: true }),
      passed: fc.constantFrom(true, false, null),
      at: instant,
    }),
    { maxLength: 5 },
  ),
})
const pace = fc.option(fc.double({ min: 0, max: 20, noNaN: true }))

describe('whatever somebody did', () => {
  it('each signal is given once, since an instant that has been, with a number worth naming', () => {
    fc.assert(
      fc.property(facts, pace, (one, speed) => {
        const found = signalsOf(one, { now, pace: speed })
        expect(new Set(found.map(({ signal }) => signal)).size).toBe(found.length)
        for (const { since, amount } of found) {
          expect(since.getTime()).toBeLessThanOrEqual(now.getTime())
          expect(amount).toBeGreaterThanOrEqual(1)
        }
      }),
    )
  })

  it('never is somebody quiet, once there and not there at all at the same time', () => {
    fc.assert(
      fc.property(facts, pace, (one, speed) => {
        const away = signalsOf(one, { now, pace: speed }).filter(({ signal }) =>
          ['silent', 'not-returned', 'not-started'].includes(signal),
        )
        expect(away.length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('coming back ends being away, and catching up ends being behind', () => {
    fc.assert(
      fc.property(facts, pace, (one, speed) => {
        const back = signalsOf({ ...one, lastAt: now }, { now, pace: speed })
        expect(back.map(({ signal }) => signal)).not.toContain('silent')
        const caughtUp = signalsOf({ ...one, progress: 100 }, { now, pace: speed })
        expect(caughtUp.map(({ signal }) => signal)).not.toContain('behind')
      }),
    )
  })

  it('time alone takes no signal of absence away', () => {
    fc.assert(
      fc.property(facts, fc.nat({ max: 60 }), (one, days) => {
        const later = new Date(now.getTime() + days * DAY)
        const away = (at: Date) =>
          signalsOf(one, { now: at, pace: null })
            .map(({ signal }) => signal)
            .filter((signal) => ['silent', 'not-returned', 'not-started'].includes(signal))
        if (away(now).length > 0) expect(away(later)).toEqual(away(now))
        else expect(away(later).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('the list is in one order, whatever order people come in, and more signals come before fewer', () => {
    const line = fc.record({ name: fc.string(), userId: fc.uuid(), facts, pace })
    fc.assert(
      fc.property(fc.uniqueArray(line, { selector: ({ userId }) => userId, maxLength: 8 }), (people) => {
        const lines = people
          .map(({ facts: one, pace: speed, ...rest }) => ({
            ...rest,
            signals: signalsOf(one, { now, pace: speed }),
          }))
          .filter(({ signals }) => signals.length > 0)
        const sorted = lines.toSorted(byNeed).map(({ userId }) => userId)
        expect(
          lines
            .toReversed()
            .sort(byNeed)
            .map(({ userId }) => userId),
        ).toEqual(sorted)
      }),
    )
    const of = (...wanted: (typeof SIGNALS)[number][]) => ({
      ...{ name: 'A', userId: 'a' },
      signals: wanted.map((signal) => ({ signal, since: now, titles: [], amount: 1 })),
    })
    expect(byNeed(of('missing', 'silent'), of('missing'))).toBeLessThan(0)
    expect(byNeed(of('failed'), of('late'))).toBeLessThan(0)
  })
})

it('thresholds are what the rules say they are', () => {
  expect(THRESHOLDS).toMatchObject({ silentDays: 7, behindDays: 14, behindPoints: 20, droppedPoints: 20 })
})
