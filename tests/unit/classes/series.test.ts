import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SERIES_MOST } from '#lib/classes/contract/constants'
import { occurrencesOf, type SeriesRule } from '#lib/classes/rules/series'
import { dayStart, meetingAt, wallMinutes, wallPlus, weekStart } from '#lib/classes/rules/wall'

// A series keeps its hour on the wall, and a change of the clocks has one outcome that is written down.

const weekly = (at: string, more: Partial<SeriesRule> = {}): SeriesRule => ({
  ...{ at, repeat: 'weekly', every: 1, weekdays: [], until: null, times: 3 },
  ...more,
})

const instants = (rule: SeriesRule, zone: string): string[] => {
  const found = occurrencesOf(rule, zone)
  if (found === null || typeof found === 'string') throw new Error(String(found))
  return found.map(({ at }) => at.toISOString().slice(0, 16))
}

describe('the hour on the wall', () => {
  // Worked out by hand from the zones' published offsets.
  test.each([
    ['Europe/Berlin', '2026-10-18T09:30', ['2026-10-18T07:30', '2026-10-25T08:30', '2026-11-01T08:30']],
    ['America/New_York', '2026-10-25T09:30', ['2026-10-25T13:30', '2026-11-01T14:30', '2026-11-08T14:30']],
    // Half an hour, in the other half of the year.
    ['Australia/Lord_Howe', '2026-09-27T09:30', ['2026-09-26T23:00', '2026-10-03T22:30', '2026-10-10T22:30']],
    ['Asia/Kolkata', '2026-10-18T09:30', ['2026-10-18T04:00', '2026-10-25T04:00', '2026-11-01T04:00']],
  ])('stays the same in %s', (zone, at, expected) => {
    expect(instants(weekly(at), zone)).toEqual(expected)
  })

  test('that the clocks skip is as much later as they are moved on', () => {
    expect(instants(weekly('2026-03-22T02:30'), 'Europe/Berlin')).toEqual([
      '2026-03-22T01:30',
      // 2:30 isn't there: 3:30 by the new clock.
      '2026-03-29T01:30',
      '2026-04-05T00:30',
    ])
    expect(meetingAt('2026-03-29T02:30', 'Europe/Berlin')?.happens).toBe('never')
    expect(meetingAt('2026-10-04T02:10', 'Australia/Lord_Howe')?.at.toISOString()).toBe(
      '2026-10-03T15:40:00.000Z',
    )
  })

  test('that comes twice is the first of the two', () => {
    expect(instants(weekly('2026-10-18T02:30'), 'Europe/Berlin')).toEqual([
      ...['2026-10-18T00:30', '2026-10-25T00:30', '2026-11-01T01:30'],
    ])
    expect(meetingAt('2026-11-01T01:15', 'America/New_York')?.at.toISOString()).toBe(
      '2026-11-01T05:15:00.000Z',
    )
  })
})

describe('the days', () => {
  const days = (rule: SeriesRule) => instants(rule, 'UTC').map((text) => text.slice(0, 10))

  test('of chosen weekdays begin on the first of them, every so many weeks', () => {
    // A Wednesday.
    const rule = weekly('2027-01-13T10:00', { weekdays: [1, 4], times: 5, every: 2 })
    expect(days(rule)).toEqual(['2027-01-14', '2027-01-25', '2027-01-28', '2027-02-08', '2027-02-11'])
  })

  test('end on a day, which is in it, or after a number', () => {
    expect(days(weekly('2027-01-13T10:00', { times: null, until: '2027-01-27' }))).toHaveLength(3)
    expect(days({ ...weekly('2027-01-13T10:00'), repeat: 'daily', every: 3, times: 4 })).toEqual([
      ...['2027-01-13', '2027-01-16', '2027-01-19', '2027-01-22'],
    ])
    expect(days({ ...weekly('2027-01-13T10:00'), repeat: 'none' })).toEqual(['2027-01-13'])
  })

  test('are at most a hundred, at least one, and in the calendar', () => {
    const rule = { ...weekly('2027-01-13T10:00'), repeat: 'daily' as const }
    expect(occurrencesOf({ ...rule, times: SERIES_MOST }, 'UTC')).toHaveLength(SERIES_MOST)
    expect(occurrencesOf({ ...rule, times: SERIES_MOST + 1 }, 'UTC')).toBe('tooMany')
    expect(occurrencesOf({ ...rule, times: null, until: '2199-01-01' }, 'UTC')).toBe('tooMany')
    expect(occurrencesOf({ ...rule, times: null, until: '2027-01-12' }, 'UTC')).toBe('none')
    expect(occurrencesOf({ ...rule, at: '2027-02-30T10:00' }, 'UTC')).toBeNull()
  })

  test('of every rule are in order, on chosen days, at the same hour', () => {
    const rules = fc.record({
      at: fc
        .date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
        .map((at) => at.toISOString().slice(0, 16)),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 7 }),
      every: fc.integer({ min: 1, max: 12 }),
      times: fc.integer({ min: 1, max: 100 }),
    })
    fc.assert(
      fc.property(rules, (given) => {
        const found = occurrencesOf({ ...weekly(given.at), ...given }, 'Europe/Berlin')
        if (found === null || typeof found === 'string') throw new Error(String(found))
        expect(found).toHaveLength(given.times)
        const locals = found.map(({ local }) => local)
        expect(locals).toEqual(locals.toSorted())
        expect(new Set(locals.map((local) => local.slice(10))).size).toBe(1)
        const weeks = new Set(locals.map((local) => Date.parse(weekStart(local.slice(0, 10))) / 604_800_000))
        const first = Date.parse(weekStart(given.at.slice(0, 10))) / 604_800_000
        expect([...weeks].every((week) => (week - first) % given.every === 0)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

test('a day begins with the first hour that its clocks show, also where midnight is skipped', () => {
  expect(dayStart('2026-03-29', 'Europe/Berlin').toISOString()).toBe('2026-03-28T23:00:00.000Z')
  // Beirut moves its clocks on at midnight.
  expect(dayStart('2026-03-29', 'Asia/Beirut').toISOString()).toBe('2026-03-28T22:00:00.000Z')
})

test('a time on the wall moves by whole minutes, over months and leap days', () => {
  expect(wallMinutes('2028-02-28T23:00', '2028-03-01T01:00')).toBe(26 * 60)
  expect(wallPlus('2028-02-28T23:00', 26 * 60)).toBe('2028-03-01T01:00')
})
