import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closingOf, daysAfter, daysLate, lateDeduction, type LatePolicy } from '#lib/assignments/rules/late'

const at = (iso: string): Date => new Date(iso)
const policy: LatePolicy = { graceMinutes: 15, percentPerDay: '10', floorPercent: '40', daysOpen: 7 }
const BERLIN = 'Europe/Berlin'

describe('late work', () => {
  // Friday, the clocks of Berlin go forward on the Sunday after.
  const due = at('2027-03-26T17:00:00Z')

  it('is on time until the grace ends, and counts its days from the due date', () => {
    expect(daysLate(due, due, policy, BERLIN)).toBe(0)
    expect(daysLate(due, at('2027-03-26T17:15:00Z'), policy, BERLIN)).toBe(0)
    expect(daysLate(due, at('2027-03-26T17:15:00.001Z'), policy, BERLIN)).toBe(1)
    expect(daysLate(due, at('2027-03-27T17:00:00Z'), policy, BERLIN)).toBe(1)
    expect(daysLate(due, at('2027-03-27T17:00:01Z'), policy, BERLIN)).toBe(2)
    expect(daysLate(null, at('2099-01-01T00:00:00Z'), policy, BERLIN)).toBe(0)
  })

  it('counts days by the clock on the wall: one has 23 hours in spring and 25 in autumn', () => {
    expect(daysAfter(due, 2, BERLIN)).toEqual(at('2027-03-28T16:00:00Z'))
    expect(daysLate(due, at('2027-03-28T16:00:00Z'), policy, BERLIN)).toBe(2)
    expect(daysLate(due, at('2027-03-28T16:30:00Z'), policy, BERLIN)).toBe(3)
    expect(daysLate(due, at('2027-03-28T16:30:00Z'), policy, 'UTC')).toBe(2)
    const autumn = at('2027-10-30T16:00:00Z')
    expect(daysLate(autumn, at('2027-10-31T16:59:00Z'), policy, BERLIN)).toBe(1)
  })

  it('is taken in until the last day ends, and never less long than the grace', () => {
    expect(closingOf(due, policy, BERLIN)).toEqual(at('2027-04-02T16:00:00Z'))
    expect(closingOf(due, { ...policy, daysOpen: 0 }, BERLIN)).toEqual(at('2027-03-26T17:15:00Z'))
    expect(closingOf(due, { ...policy, daysOpen: null }, BERLIN)).toBeNull()
    expect(closingOf(null, policy, BERLIN)).toBeNull()
  })

  it('keeps the seconds of its due date, also where a time is there twice or never', () => {
    expect(daysAfter(at('2027-03-27T01:30:12.345Z'), 1, BERLIN)).toEqual(at('2027-03-28T01:30:12.345Z'))
    // Half past two in the morning is there twice on the last Sunday of October: the later one.
    expect(daysAfter(at('2027-10-30T00:30:00Z'), 1, BERLIN)).toEqual(at('2027-10-31T01:30:00Z'))
  })

  it('takes a percentage of the possible points for each day, down to the floor', () => {
    const cost = (points: string, days: number, more: Partial<LatePolicy> = {}): string =>
      lateDeduction({ points, maxPoints: '50', days, policy: { ...policy, ...more } }).toString()
    expect([cost('45', 0), cost('45', 1), cost('45', 3), cost('45', 9)]).toEqual(['0', '5', '15', '25'])
    expect(cost('12', 2)).toBe('0')
    expect(cost('22', 2)).toBe('2')
    expect(cost('45', 30, { floorPercent: '0' })).toBe('45')
    expect(cost('33.3333', 1, { percentPerDay: '0.33' })).toBe('0.165')
  })
})

const GRID = 15 * 60_000

/** Every quarter of an hour of some days with what the wall shows: `2027-03-28 02:30`. */
function walk(from: number, until: number, timeZone: string): { instant: number; wall: string }[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const steps = Math.round((until - from) / GRID)
  return Array.from({ length: steps + 1 }, (_, step) => {
    const instant = from + step * GRID
    return { instant, wall: format.format(instant) }
  })
}

const minutes = (wall: string): number => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14))

/** When a day ends, by looking through all quarters of an hour: the last that shows the time. */
function endOf(quarters: ReturnType<typeof walk>, wanted: string): number {
  const shows = quarters.findLast(({ wall }) => wall === wanted)
  if (shows !== undefined) return shows.instant
  // The clock jumps over it: as long after the jump as it would have been after the last time before it.
  const next = quarters.findIndex(({ wall }) => wall > wanted)
  const [before, after] = [quarters[next - 1], quarters[next]]
  if (before === undefined || after === undefined) throw new Error('The walk is too short.')
  return after.instant + (minutes(wanted) - minutes(before.wall) - 15) * 60_000
}

function slowDays(due: number, at: number, timeZone: string): number {
  const quarters = walk(due, at + 3 * 96 * GRID, timeZone)
  const wall = quarters[0]?.wall ?? ''
  for (let days = 1; ; days += 1) {
    const day = new Date(Date.parse(`${wall.slice(0, 10)}T00:00:00Z`) + days * 96 * GRID)
    const end = endOf(quarters, `${day.toISOString().slice(0, 10)}${wall.slice(10)}`)
    if (at <= end) return days
  }
}

describe('days late', () => {
  it('are those that walking through the time counts, across every change of the clocks', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']
    // Around the changes of 2027: spring and autumn of both halves of the world.
    const near = fc.constantFrom(
      '2027-03-12',
      '2027-03-26',
      '2027-04-02',
      '2027-09-24',
      '2027-10-29',
      '2027-11-05',
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        near,
        fc.integer({ min: 0, max: 3 * 96 }),
        fc.integer({ min: 1, max: 4 * 96 }),
        fc.constantFrom(-1, 0, 1),
        (timeZone, day, from, after, off) => {
          const due = Date.parse(`${day}T00:00:00Z`) + from * GRID
          const instant = due + after * GRID + off
          const none = { ...policy, graceMinutes: 0 }
          expect(daysLate(new Date(due), new Date(instant), none, timeZone)).toBe(
            slowDays(due, instant, timeZone),
          )
        },
      ),
    )
  })

  it('never get fewer with time, and cost never less nor more than leads to the floor', () => {
    const due = at('2027-03-26T17:00:00Z')
    fc.assert(
      fc.property(
        fc.nat(40 * 86_400_000),
        fc.nat(86_400_000),
        fc.record({
          graceMinutes: fc.nat(2_000),
          percentPerDay: fc.nat(10_000).map((n) => (n / 100).toFixed(2)),
          floorPercent: fc.nat(10_000).map((n) => (n / 100).toFixed(2)),
          daysOpen: fc.constant(null),
        }),
        fc.nat(1_000_000).map((n) => (n / 10_000).toFixed(4)),
        (first, more, rules, points) => {
          const days = [first, first + more].map((ms) =>
            daysLate(due, new Date(due.getTime() + ms), rules, BERLIN),
          )
          const [cost = null, dearer = null] = days.map((count) =>
            lateDeduction({ points, maxPoints: '100', days: count, policy: rules }),
          )
          if (cost === null || dearer === null) throw new Error('Two were asked for.')
          expect(Number(days[0])).toBeLessThanOrEqual(Number(days[1]))
          expect(dearer.gte(cost)).toBe(true)
          const left = Number(points) - Number(dearer)
          expect(left).toBeGreaterThanOrEqual(Math.min(Number(points), Number(rules.floorPercent)) - 1e-9)
          expect(dearer.gte(0)).toBe(true)
        },
      ),
    )
  })
})
