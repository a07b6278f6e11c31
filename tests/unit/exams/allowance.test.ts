import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Accommodation,
  allowanceOf,
  deadlineOf,
  doorAt,
  extendedDeadline,
} from '#lib/exams/rules/allowance'
import { instantOf, localOf } from '#lib/exams/rules/zoned'
import { runs } from './questions'

const at = (iso: string) => new Date(`2026-${iso}Z`)
const exam = { startDate: at('03-02T09:00'), endDate: at('03-02T12:00'), duration: 60, attempts: 1 }
const none: Accommodation = { extraTimePercent: 0, extraAttempts: 0, startDate: null, endDate: null }

describe('what a person may', () => {
  test('without accommodations is what the exam says', () => {
    expect(allowanceOf(exam, [])).toEqual({
      opensAt: exam.startDate,
      closesAt: exam.endDate,
      seconds: 3_600,
      minutes: 60,
      extraPercent: 0,
      attempts: 1,
      endsBy: exam.endDate,
    })
  })

  test('adds up from course and exam', () => {
    const course = { ...none, extraTimePercent: 25, extraAttempts: 1 }
    const own = { ...none, extraTimePercent: 25, startDate: at('03-02T10:00'), endDate: at('03-03T12:00') }
    const allowance = allowanceOf(exam, [course, own])
    expect(allowance).toMatchObject({ minutes: 90, extraPercent: 50, attempts: 2 })
    expect(allowance).toMatchObject({ opensAt: at('03-02T10:00'), closesAt: at('03-03T12:00') })
    expect(allowance.endsBy).toEqual(at('03-03T12:30'))
  })

  test('an earlier end takes nothing away, and an exam without end or limit stays so', () => {
    expect(allowanceOf(exam, [{ ...none, endDate: at('03-02T10:00') }]).closesAt).toEqual(exam.endDate)
    const open = allowanceOf({ ...exam, endDate: null, attempts: null }, [
      { ...none, endDate: at('03-09T10:00'), extraAttempts: 3 },
    ])
    expect(open).toMatchObject({ closesAt: null, endsBy: null, attempts: null })
  })

  test('a started second is given in full', () => {
    expect(allowanceOf({ ...exam, duration: 1 }, [{ ...none, extraTimePercent: 1 }]).seconds).toBe(61)
  })

  test('begins with the opening and ends before the closing', () => {
    const allowance = allowanceOf(exam, [])
    const states = ['03-02T08:59:59.999', '03-02T09:00', '03-02T11:59:59.999', '03-02T12:00'].map((iso) =>
      doorAt(allowance, at(iso)),
    )
    expect(states).toEqual(['early', 'open', 'open', 'closed'])
  })
})

describe('the deadline', () => {
  test('is cut by the window, and extra time stretches the window', () => {
    expect(deadlineOf(allowanceOf(exam, []), at('03-02T11:30'))).toEqual(at('03-02T12:00'))
    const extra = allowanceOf(exam, [{ ...none, extraTimePercent: 50 }])
    expect(deadlineOf(extra, at('03-02T11:30'))).toEqual(at('03-02T12:30'))
    expect(deadlineOf(extra, at('03-02T09:30'))).toEqual(at('03-02T11:00'))
  })

  test('of a running attempt is never shortened', () => {
    const before = deadlineOf(allowanceOf(exam, [{ ...none, extraTimePercent: 50 }]), at('03-02T09:30'))
    expect(extendedDeadline(before, allowanceOf(exam, []), at('03-02T09:30'))).toEqual(before)
    const more = allowanceOf(exam, [{ ...none, extraTimePercent: 100 }])
    expect(extendedDeadline(before, more, at('03-02T09:30'))).toEqual(at('03-02T11:30'))
  })

  /** Walks from second to second and asks each whether it is still the learner’s. */
  function byWalking(all: typeof exam, accommodations: readonly Accommodation[], startedAt: Date): number {
    let percent = 0
    for (const one of accommodations) percent += one.extraTimePercent
    let end = all.endDate.getTime()
    for (const one of accommodations)
      if (one.endDate !== null && one.endDate.getTime() > end) end = one.endDate.getTime()
    let now = startedAt.getTime()
    for (let second = 0; ; second += 1) {
      // In hundredths of a second of the exam's own time, so that all is whole.
      const isSpent = second * 100 >= all.duration * 60 * (100 + percent)
      const isPast = now >= end && Math.ceil((now - end) / 1_000) * 100 >= all.duration * 60 * percent
      if (isSpent || isPast) return now
      now += 1_000
    }
  }

  test('is where a clock that walks second by second stops, across changes of the clock', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'UTC',
    )
    const day = fc.constantFrom(
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-10-04',
      '2026-10-25',
      '2026-11-01',
    )
    const clock = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 59 }))
    const percent = fc.constantFrom(0, 10, 25, 33, 50, 100)
    fc.assert(
      fc.property(
        zone,
        day,
        clock,
        fc.integer({ min: 1, max: 90 }),
        fc.array(percent, { maxLength: 3 }),
        fc.integer({ min: 0, max: 7_200 }),
        (timeZone, date, [hour, minute], duration, percents, before) => {
          const local = `${date}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
          const endDate = instantOf(local, timeZone, 'closing')?.at ?? new Date(Number.NaN)
          const all = { ...exam, startDate: new Date(0), endDate, duration }
          const given = percents.map((extraTimePercent) => ({ ...none, extraTimePercent }))
          const startedAt = new Date(endDate.getTime() - 1_000 * (before + 1))
          expect(deadlineOf(allowanceOf(all, given), startedAt).getTime()).toBe(
            byWalking(all, given, startedAt),
          )
        },
      ),
      runs(40),
    )
  })
})

describe('wall-clock time', () => {
  test('half past two in spring does not exist: an opening is an hour earlier, a closing an hour later', () => {
    const opening = instantOf('2026-03-29T02:30', 'Europe/Berlin', 'opening')
    expect(opening).toEqual({ at: at('03-29T00:30'), happens: 'never' })
    expect(localOf(at('03-29T00:30'), 'Europe/Berlin')).toBe('2026-03-29T01:30')
    expect(instantOf('2026-03-29T02:30', 'Europe/Berlin', 'closing')?.at).toEqual(at('03-29T01:30'))
    expect(localOf(at('03-29T01:30'), 'Europe/Berlin')).toBe('2026-03-29T03:30')
  })

  test('half past two in autumn is there twice: an opening is the first, a closing the second', () => {
    expect(instantOf('2026-10-25T02:30', 'Europe/Berlin', 'opening')).toEqual({
      at: at('10-25T00:30'),
      happens: 'twice',
    })
    expect(instantOf('2026-10-25T02:30', 'Europe/Berlin', 'closing')).toEqual({
      at: at('10-25T01:30'),
      happens: 'twice',
    })
  })

  test('what is no date of the calendar is none, and an unknown zone is an error', () => {
    for (const text of [
      '',
      '2026-02-30T10:00',
      '2026-01-01',
      '2026-01-01T24:00',
      '2026-01-01T10:60',
      '0026-01-01T10:00',
    ])
      expect(instantOf(text, 'UTC', 'opening')).toBeNull()
    expect(() => instantOf('2026-01-01T10:00', 'Mars/Base', 'opening')).toThrow(RangeError)
  })

  test('is the first or last minute of two years at which the clock of the zone shows it', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'UTC',
    )
    const minute = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 })
    fc.assert(
      fc.property(zone, minute, (timeZone, n) => {
        const instant = new Date(n * 60_000)
        const local = localOf(instant, timeZone)
        // Slow: every half hour for a day around it, by another way of asking for the clock.
        const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
        const around = Array.from(
          { length: 97 },
          (_, step) => new Date(instant.getTime() + (step - 48) * 1_800_000),
        )
        const showing = around.filter((one) => clock.format(one).replace(' ', 'T') === local)
        expect(instantOf(local, timeZone, 'opening')?.at).toEqual(showing[0])
        expect(instantOf(local, timeZone, 'closing')?.at).toEqual(showing.at(-1))
      }),
      runs(20),
    )
  })
})
