import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  clock,
  longest,
  type Range,
  resumeAt,
  unionOf,
  Watch,
  wholeSeconds,
  without,
} from '#lib/player/rules'

const second = fc.integer({ min: 0, max: 300 })
const ranges = fc.array(fc.tuple(second, second))

function secondsOf(list: readonly Range[]): Set<number> {
  return new Set(
    list.flatMap(([from, to]) => Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n)),
  )
}

describe('a union of ranges', () => {
  test('holds the same seconds, each once, in order and with gaps between', () => {
    fc.assert(
      fc.property(ranges, (list) => {
        const union = unionOf(list)
        expect(secondsOf(union)).toEqual(secondsOf(list))
        union.forEach(([from, to], index) => {
          expect(to).toBeGreaterThan(from)
          expect(from).toBeGreaterThan(union[index - 1]?.[1] ?? -1)
        })
      }),
    )
  })

  test('does not change when something is sent again', () => {
    fc.assert(
      fc.property(ranges, ranges, (before, again) => {
        const once = unionOf([...before, ...again])
        expect(unionOf([...once, ...again, ...again])).toEqual(once)
      }),
    )
  })

  test('what was sent and what is left make up the whole, whatever is sent first', () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 1, max: 5 }), (list, most) => {
        const all = unionOf(list)
        const sent = longest(all, most)
        const left = without(all, sent)
        expect(sent.length).toBeLessThanOrEqual(most)
        expect(unionOf([...sent, ...left])).toEqual(all)
        expect([...secondsOf(left)].filter((one) => secondsOf(sent).has(one))).toEqual([])
      }),
    )
  })

  test('less what somebody else sent keeps exactly the other seconds', () => {
    fc.assert(
      fc.property(ranges, ranges, (list, taken) => {
        const gone = secondsOf(taken)
        const left = secondsOf(without(unionOf(list), unionOf(taken)))
        expect(left).toEqual(new Set([...secondsOf(unionOf(list))].filter((one) => !gone.has(one))))
      }),
    )
  })
})

/** Stretches that somebody plays: from where, for how many quarters of a second, how fast, and when it is handed out. */
const stretch = fc.record({
  from: fc.integer({ min: 0, max: 400 }).map((n) => n / 4),
  quarters: fc.integer({ min: 0, max: 60 }),
  speed: fc.constantFrom(0.5, 1, 1.5, 2),
  takeEvery: fc.integer({ min: 1, max: 40 }),
  ending: fc.constantFrom('pause', 'seek', 'unseen seek'),
})

type Stretch = { from: number; quarters: number; speed: number; takeEvery: number; ending: string }

/** Plays as a browser would tell it: a moment every quarter of a second of the film. */
function play(watch: Watch, one: Stretch, start: number): { played: Range[]; now: number } {
  let now = start
  const played: Range[] = []
  for (let step = 0; step <= one.quarters; step += 1) {
    watch.playing({ film: one.from + step / 4, now }, one.speed)
    if (step % one.takeEvery === 0) played.push(...watch.take())
    if (step < one.quarters) now += 250 / one.speed
  }
  if (one.ending === 'pause') watch.stopped({ film: one.from + one.quarters / 4, now }, one.speed)
  if (one.ending === 'seek') watch.jumped()
  return { played, now }
}

/** Seconds of which a stretch covers half or more, one by one. */
function covered({ from, quarters }: Stretch): number[] {
  const to = from + quarters / 4
  return Array.from({ length: 130 }, (_, n) => n).filter(
    (n) => Math.min(to, n + 1) - Math.max(from, n) >= 0.5,
  )
}

describe('watching', () => {
  test('counts the seconds that were played, whatever the speed, the jumps and the moments of sending', () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 6 }), (stretches) => {
        const watch = new Watch()
        const expected = new Set<number>()
        const played: Range[] = []
        let now = 0
        stretches.forEach((one, index) => {
          // Far enough from the stretch before that a jump nobody announced is seen as one.
          const shifted = { ...one, from: one.from + (index % 2) * 0.25 }
          const before = stretches[index - 1]
          const end = before === undefined ? -99 : before.from + before.quarters / 4
          const apart = shifted.from < end - 0.5 || shifted.from > end + 2
          if (!apart) watch.jumped()
          const result = play(watch, shifted, now)
          now = result.now + 10
          played.push(...result.played)
          covered(shifted).forEach((n) => expected.add(n))
        })
        watch.jumped()
        played.push(...watch.take())
        expect(secondsOf(played)).toEqual(expected)
      }),
    )
  })

  test('a jump to the end is no watching', () => {
    const watch = new Watch()
    watch.playing({ film: 0, now: 0 }, 1)
    watch.playing({ film: 2, now: 2_000 }, 1)
    watch.playing({ film: 599, now: 2_250 }, 1)
    watch.stopped({ film: 600, now: 3_250 }, 1)
    expect(watch.take()).toEqual([
      [0, 2],
      [599, 600],
    ])
  })

  test('waiting for data adds nothing, however long it takes', () => {
    const watch = new Watch()
    watch.playing({ film: 10, now: 0 }, 1)
    watch.stopped({ film: 12, now: 2_000 }, 1)
    watch.playing({ film: 12, now: 60_000 }, 1)
    watch.stopped({ film: 14, now: 62_000 }, 1)
    expect(unionOf(watch.take())).toEqual([[10, 14]])
  })

  test('a film that runs on while its page sleeps counts as far as the clock allows', () => {
    const watch = new Watch()
    watch.playing({ film: 0, now: 0 }, 1)
    watch.stopped({ film: 60, now: 60_000 }, 1)
    watch.playing({ film: 100, now: 60_100 }, 1)
    watch.stopped({ film: 160, now: 90_000 }, 1)
    expect(watch.take()).toEqual([[0, 60]])
  })

  test('cutting a stretch anywhere changes nothing', () => {
    const point = fc.double({ min: 0, max: 50, noNaN: true })
    fc.assert(
      fc.property(point, point, point, (...points) => {
        const [a, b, c] = points.sort((x, y) => x - y)
        expect(secondsOf([wholeSeconds(a, b), wholeSeconds(b, c)])).toEqual(secondsOf([wholeSeconds(a, c)]))
      }),
    )
  })
})

test('a time of the film reads as one', () => {
  expect([0, 9.9, 151, 3_599, 3_725].map(clock)).toEqual(['0:00', '0:09', '2:31', '59:59', '1:02:05'])
})

test('going on starts where it was left, and over again for somebody who was through', () => {
  expect(resumeAt(151, 600)).toBe(151)
  expect(resumeAt(0, 600)).toBe(0)
  expect(resumeAt(598, 600)).toBe(0)
  expect(resumeAt(10, 12)).toBe(10)
  expect(resumeAt(151, null)).toBe(151)
})
