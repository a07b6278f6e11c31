import type { ExamWords } from '#lib/i18n/exam-words'
import { counted, fill, timeInWords } from './words'

export const MINUTE = 60_000

/** What is said aloud, and from how many milliseconds before the end on. */
type Mark = Readonly<{ at: number; kind: 'half' | 'minutes' }>

/** Later than this after a mark, the page slept over it. */
const SLEPT = 10_000

/** Half of the time, then ten, five and one minute; no two within a minute of each other. */
function marksOf(whole: number): Mark[] {
  const minutes = [10, 5, 1].map((count): Mark => ({ at: count * MINUTE, kind: 'minutes' }))
  const half: Mark = { at: whole / 2, kind: 'half' }
  const near = minutes.some(({ at }) => Math.abs(at - half.at) < MINUTE)
  return [...(near ? [] : [half]), ...minutes.filter(({ at }) => at < whole)]
}

/**
 * What a screen reader says when the time that is left has gone from `before` to `now`, in milliseconds; null: nothing.
 * After a sleep over a mark it is the time that is left now, and once the time is up it is nothing: the page says that.
 */
export function timeAnnouncement(
  words: ExamWords,
  locale: string,
  { whole, before, now }: Readonly<{ whole: number; before: number; now: number }>,
): Readonly<{ text: string; urgent: boolean }> | null {
  const mark = marksOf(whole)
    .filter(({ at }) => before > at && now <= at)
    .toSorted((a, b) => a.at - b.at)[0]
  if (mark === undefined || now <= 0) return null
  const urgent = now <= MINUTE
  if (mark.at - now > SLEPT) {
    const text = urgent ? words.lastMinute : counted(words.announce.minutes, locale, Math.floor(now / MINUTE))
    return { text, urgent }
  }
  if (mark.kind === 'half')
    return { text: fill(words.announce.half, { time: timeInWords(words, locale, mark.at) }), urgent }
  return { text: counted(words.announce.minutes, locale, mark.at / MINUTE), urgent }
}
