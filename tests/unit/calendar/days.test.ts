import { describe, expect, test } from 'vitest'
import type { CalendarEntry } from '#lib/calendar/contract'
import { agendaOf, daysOf, endsOf, goingOn, hrefOf, spanOf, stepsOf } from '#lib/calendar/rules/days'

// How time is cut into days, by the clock of whoever looks.

const entry = (more: Partial<CalendarEntry>): CalendarEntry => ({
  ...{ kind: 'class', id: 'one', title: 'One', courseId: 'c', courseTitle: 'C', teaching: false },
  ...{ from: null, to: null, cancelled: false, platform: null, sequence: 0, updatedAt: new Date(0) },
  ...more,
})

const now = new Date('2027-03-10T12:00:00Z')

describe('a span', () => {
  test('of a month is its whole weeks, of a week seven days, of an agenda four weeks', () => {
    expect(spanOf('month', '2027-03-10')).toEqual({ from: '2027-03-01', until: '2027-04-05' })
    // Begins on a Monday and ends on a Sunday.
    expect(spanOf('month', '2027-02-28')).toEqual({ from: '2027-02-01', until: '2027-03-01' })
    expect(spanOf('week', '2027-03-07')).toEqual({ from: '2027-03-01', until: '2027-03-08' })
    expect(spanOf('agenda', '2027-03-10').until).toBe('2027-04-07')
  })

  test('is followed by the next without a gap, from the end of a long month too', () => {
    expect(stepsOf('month', '2027-01-31')).toEqual({ previous: '2026-12-01', next: '2027-02-01' })
    expect(stepsOf('week', '2027-01-31')).toEqual({ previous: '2027-01-24', next: '2027-02-07' })
  })
})

describe('an entry', () => {
  const days = (zone: string, one: CalendarEntry) =>
    daysOf([one], spanOf('week', '2027-03-10'), { timeZone: zone, now })
      .filter(({ pieces }) => pieces.length > 0)
      .map(({ day, pieces }) => [day, pieces[0]?.part])

  test('falls on the day that its reader’s clock shows', () => {
    const late = entry({ from: new Date('2027-03-10T23:30:00Z'), to: new Date('2027-03-10T23:45:00Z') })
    expect(days('UTC', late)).toEqual([['2027-03-10', 'single']])
    expect(days('Asia/Tokyo', late)).toEqual([['2027-03-11', 'single']])
  })

  test('of several days has a beginning, days between and an end, as far as they are in sight', () => {
    const exam = entry({
      kind: 'exam',
      from: new Date('2027-03-06T08:00:00Z'),
      to: new Date('2027-03-10T00:00:00Z'),
    })
    // What ends at midnight doesn't reach into the next day.
    expect(days('UTC', exam)).toEqual([
      ['2027-03-08', 'middle'],
      ['2027-03-09', 'last'],
    ])
    const week = daysOf([exam], spanOf('week', '2027-03-10'), { timeZone: 'UTC', now })
    expect(agendaOf(week).map(({ day }) => day)).toEqual(['2027-03-08', '2027-03-09'])
  })

  test('of several days stands in a month and a week at its ends alone, and once above them', () => {
    const between = entry({
      ...{ kind: 'exam', id: 'long', from: new Date('2027-03-01T08:00:00Z') },
      to: new Date('2027-03-20T08:00:00Z'),
    })
    const sooner = { ...between, id: 'sooner', to: new Date('2027-03-12T08:00:00Z') }
    const short = entry({ id: 'short', from: now, to: new Date('2027-03-10T13:00:00Z') })
    const all = daysOf([between, sooner, short], spanOf('week', '2027-03-10'), { timeZone: 'UTC', now })
    expect(goingOn(all).map(({ entry: { id } }) => id)).toEqual(['sooner', 'long'])
    const ends = endsOf(all).flatMap(({ day, pieces }) => pieces.map(({ entry: { id } }) => `${day} ${id}`))
    expect(ends).toEqual(['2027-03-10 short', '2027-03-12 sooner'])
    expect(endsOf(all)).toHaveLength(7)
  })

  test('without an opening stands on the day that it closes', () => {
    const exam = entry({ kind: 'exam', to: new Date('2027-03-10T20:00:00Z') })
    expect(days('UTC', exam)).toEqual([['2027-03-10', 'single']])
  })

  test('leads learners and teachers to different places, and to nothing that is closed', () => {
    const lesson = entry({ kind: 'lesson', id: 'l', from: new Date('2027-03-11T08:00:00Z') })
    expect(hrefOf(lesson, now)).toBe('/courses/c')
    expect(hrefOf({ ...lesson, from: now }, now)).toBe('/learn/c/l')
    expect(hrefOf({ ...lesson, teaching: true }, now)).toBe('/teach/courses/c/lessons/l')
    expect(hrefOf(entry({ kind: 'assignment', id: 'a' }), now)).toBe('/assignments/a')
    expect(hrefOf(entry({ kind: 'exam', id: 'x', teaching: true }), now)).toBe('/teach/courses/c/exams/x')
  })
})
