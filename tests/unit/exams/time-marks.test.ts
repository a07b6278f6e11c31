import { describe, expect, it } from 'vitest'
import { timeAnnouncement } from '../../../components/exam/time-marks'
import { examWords } from '#lib/i18n/exam-words'

const words = examWords('en')
const minutes = (count: number): number => count * 60_000

/** What is said when so many minutes were left, and now so many are, of an hour. */
const said = (before: number, now: number, whole = 60) =>
  timeAnnouncement(words, 'en', { whole: minutes(whole), before: minutes(before), now: minutes(now) })

describe('the time that is left, said aloud', () => {
  it('comes at half, ten, five and one minute, and at no second between', () => {
    expect(said(30.01, 30)).toEqual({ text: 'Half of the time is left: 30 minutes.', urgent: false })
    expect(said(10.01, 9.99)).toEqual({ text: '10 minutes left.', urgent: false })
    expect(said(5.01, 5)).toEqual({ text: '5 minutes left.', urgent: false })
    expect(said(1.01, 1)).toEqual({ text: '1 minute left.', urgent: true })
    for (const [before, now] of [
      [31, 30.5],
      [9.9, 9.8],
      [4, 3],
      [0.9, 0.1],
    ] as const)
      expect(said(before, now)).toBeNull()
  })

  it('has no half beside one of the minutes, and no mark beyond the whole time', () => {
    expect(said(5.51, 5.5, 11)).toBeNull()
    expect(said(5.01, 5, 11)?.text).toBe('5 minutes left.')
    expect(said(20, 10, 10)).toBeNull()
  })

  it('after a sleep over marks is what is left now, not the mark', () => {
    expect(said(40, 7.5)).toEqual({ text: '7 minutes left.', urgent: false })
    expect(said(40, 0.5)).toEqual({ text: words.lastMinute, urgent: true })
  })

  it('is nothing once the time is up', () => {
    expect(said(40, 0)).toBeNull()
    expect(said(40, -3)).toBeNull()
  })
})
