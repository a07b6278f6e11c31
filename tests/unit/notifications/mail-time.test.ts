import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localOf } from '#lib/exams/rules/zoned'
import { DEFAULT_SETTINGS } from '#lib/notifications/contract/settings'
import { LEAD, mailTime, quietEnd } from '#lib/notifications/rules/mail-time'
import { choicesOf, settingsOf } from '#lib/notifications/rules/settings'

// Letters keep to the clock on their reader's wall, also on the days on which it is changed.

const BERLIN = 'Europe/Berlin'
const night = { from: 22 * 60, until: 7 * 60 }
const at = (text: string): Date => new Date(text)

function once(now: string, timeZone = BERLIN, quiet: typeof night | null = night) {
  return mailTime({
    ...{ choice: 'once', now: at(now), settings: { quiet, digestHour: 7 }, timeZone, until: null },
  })
}

function digest(now: string, digestHour = 7, timeZone = BERLIN) {
  return mailTime({
    ...{ choice: 'digest', now: at(now), settings: { quiet: night, digestHour }, timeZone, until: null },
  })
}

describe('a letter that is wanted at once', () => {
  it('goes at once by day, and waits for the end of the night', () => {
    expect(once('2026-12-01T12:00:00Z')).toBe('now')
    expect(once('2026-12-01T20:59:00Z')).toBe('now')
    expect(once('2026-12-01T21:00:00Z')).toEqual(at('2026-12-02T06:00:00Z'))
    expect(once('2026-12-02T03:00:00Z')).toEqual(at('2026-12-02T06:00:00Z'))
    expect(once('2026-12-02T06:00:00Z')).toBe('now')
    expect(once('2026-12-02T03:00:00Z', 'Asia/Tokyo')).toBe('now')
    expect(once('2026-12-02T03:00:00Z', BERLIN, null)).toBe('now')
  })

  it('waits until seven by the clock in the nights on which it is changed', () => {
    expect(once('2026-03-28T22:00:00Z')).toEqual(at('2026-03-29T05:00:00Z'))
    expect(once('2026-10-24T22:00:00Z')).toEqual(at('2026-10-25T06:00:00Z'))
  })

  it('stays quiet until the later instant of an hour that is skipped or shown twice', () => {
    const early = { from: 22 * 60, until: 2 * 60 + 30 }
    // 2:30 doesn't exist on 29 March, and is there twice on 25 October.
    expect(once('2026-03-28T22:00:00Z', BERLIN, early)).toEqual(at('2026-03-29T01:30:00Z'))
    expect(once('2026-10-24T22:00:00Z', BERLIN, early)).toEqual(at('2026-10-25T01:30:00Z'))
  })

  it('keeps quiet hours that lie within one day', () => {
    const noon = { from: 12 * 60, until: 14 * 60 }
    expect(once('2026-12-01T11:30:00Z', BERLIN, noon)).toEqual(at('2026-12-01T13:00:00Z'))
    expect(once('2026-12-01T13:00:00Z', BERLIN, noon)).toBe('now')
    expect(once('2026-12-01T10:59:00Z', BERLIN, noon)).toBe('now')
  })

  it('is never kept for longer than a day, and never ends inside of the quiet hours', () => {
    fc.assert(
      fc.property(
        fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 1_439 }),
        fc.integer({ min: 0, max: 1_439 }),
        fc.constantFrom(BERLIN, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'),
        (now, from, until, zone) => {
          const end = quietEnd(now, { from, until }, zone)
          if (end === null) return
          expect(end.getTime()).toBeGreaterThan(now.getTime())
          expect(end.getTime() - now.getTime()).toBeLessThanOrEqual(26 * 3_600_000)
          const shown = localOf(end, zone)
          const minute = Number(shown.slice(11, 13)) * 60 + Number(shown.slice(14, 16))
          // Of a time that the clock skips, the one an hour (or half of one) later.
          expect([until, (until + 60) % 1_440, (until + 30) % 1_440]).toContain(minute)
        },
      ),
    )
  })
})

describe('the daily letter', () => {
  it('goes at its hour by the clock, today or tomorrow', () => {
    expect(digest('2026-12-01T05:00:00Z')).toEqual(at('2026-12-01T06:00:00Z'))
    expect(digest('2026-12-01T06:00:00Z')).toEqual(at('2026-12-02T06:00:00Z'))
    expect(digest('2026-03-28T12:00:00Z')).toEqual(at('2026-03-29T05:00:00Z'))
    expect(digest('2026-10-24T12:00:00Z')).toEqual(at('2026-10-25T06:00:00Z'))
  })

  it('of an hour that the clock skips goes at the earlier instant, and once', () => {
    expect(digest('2026-03-28T12:00:00Z', 2)).toEqual(at('2026-03-29T00:00:00Z'))
    expect(digest('2026-10-24T12:00:00Z', 2)).toEqual(at('2026-10-25T00:00:00Z'))
    expect(digest('2026-10-25T00:30:00Z', 2)).toEqual(at('2026-10-26T01:00:00Z'))
  })

  it('lies far enough ahead for whoever still adds to it', () => {
    const just = new Date(at('2026-12-01T06:00:00Z').getTime() - LEAD)
    expect(digest(just.toISOString())).toEqual(at('2026-12-02T06:00:00Z'))
  })
})

it('a letter that would come too late to be of use doesn’t come', () => {
  const given = { settings: { quiet: night, digestHour: 7 }, timeZone: BERLIN } as const
  const now = at('2026-12-01T22:00:00Z')
  expect(mailTime({ ...given, choice: 'once', now, until: at('2026-12-02T05:00:00Z') })).toBe('never')
  expect(mailTime({ ...given, choice: 'once', now, until: at('2026-12-02T07:00:00Z') })).toBeInstanceOf(Date)
  expect(mailTime({ ...given, choice: 'once', now, until: at('2026-12-01T21:00:00Z') })).toBe('never')
  expect(mailTime({ ...given, choice: 'off', now, until: null })).toBe('never')
})

describe('what was chosen', () => {
  it('is stored and nothing else: whoever chose nothing gets better defaults with the product', () => {
    expect(choicesOf(DEFAULT_SETTINGS)).toEqual({})
    const types = { ...DEFAULT_SETTINGS.types, ACHIEVEMENT: { app: false, mail: 'digest' as const } }
    const chosen = { ...DEFAULT_SETTINGS, types, quiet: null, digestHour: 18 }
    expect(choicesOf(chosen)).toEqual({
      types: { ACHIEVEMENT: { app: false, mail: 'digest' } },
      quiet: null,
      digestHour: 18,
    })
    expect(settingsOf(choicesOf(chosen))).toEqual(chosen)
  })

  it('that can’t be read counts as not chosen', () => {
    for (const odd of [null, 3, 'x', { types: 7 }, { quiet: { from: -1, until: 9 } }, { digestHour: 99 }])
      expect(settingsOf(odd)).toEqual(DEFAULT_SETTINGS)
    expect(settingsOf({ types: { SYSTEM: { mail: 'sometimes' } } })).toEqual(DEFAULT_SETTINGS)
  })
})
