import { describe, expect, it } from 'vitest'
import { durationInWords, exactDurationInWords } from '#lib/i18n/duration'
import { direction, shippedLocale } from '#lib/i18n/locales'
import { formatter, translator } from '#lib/i18n/translate'

describe('texts', () => {
  it('fall back to a language that ships, with that language’s direction', () => {
    expect(shippedLocale('en-GB')).toBe('en')
    expect(shippedLocale('xx')).toBe('en')
    expect(shippedLocale('')).toBe('en')
    expect(direction('ar')).toBe('ltr')
  })

  it('say durations in words, as precisely as a person plans', () => {
    expect(durationInWords('en', 0)).toBe('under a minute')
    expect(durationInWords('en', 60)).toBe('1 minute')
    expect(durationInWords('en', 59 * 60 + 40)).toBe('1 hour')
    expect(durationInWords('en', 5400)).toBe('1 hour 30 minutes')
    expect(durationInWords('en', 5460 + 60)).toBe('1 hour 30 minutes')
    expect(durationInWords('en', 7200)).toBe('2 hours')
  })

  it('say lengths that somebody is held to, to the second', () => {
    expect(exactDurationInWords('en', 6750)).toBe('1 hour 52 minutes 30 seconds')
    expect(exactDurationInWords('en', 5520)).toBe('1 hour 32 minutes')
    expect(exactDurationInWords('en', 7200)).toBe('2 hours')
    expect(exactDurationInWords('en', 61)).toBe('1 minute 1 second')
    expect(exactDurationInWords('en', 0)).toBe('0 seconds')
  })

  it('count with the language’s plural rules', () => {
    const t = translator('en', 'counts')
    expect(t('lessons', { count: 0 })).toBe('No lessons yet')
    expect(t('lessons', { count: 1 })).toBe('1 lesson')
    expect(t('lessons', { count: 1200 })).toBe('1,200 lessons')
  })

  it('give dates in the zone that was asked for', () => {
    const date = new Date('2026-03-03T23:30:00Z')
    expect(
      formatter('en', 'Asia/Tokyo').dateTime(date, { day: 'numeric', hour: 'numeric', hourCycle: 'h23' }),
    ).toContain('4')
  })
})

describe('formatter', () => {
  const day = new Date('2026-09-13T12:00:00Z')
  const written = (locale: string) => formatter(locale, 'UTC').dateTime(day, { dateStyle: 'long' })

  it('writes dates as the school’s own region does', () => {
    expect(written('en-GB')).toBe('13 September 2026')
    expect(written('en-US')).toBe('September 13, 2026')
  })

  it('falls back to the page’s language for a tag that doesn’t ship or can’t be read', () => {
    expect(written('de-DE')).toBe('September 13, 2026')
    expect(written('en-$$')).toBe('September 13, 2026')
  })
})
