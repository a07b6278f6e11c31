import type { SettingTexts } from '#lib/exams/rules/drafting-settings'
import { instantOf } from '#lib/exams/rules/zoned'
import type { SentenceWords } from '#lib/i18n/exam-author-words'
import { counted, shownPoints, words as fill } from './words'

/** What the settings mean, in sentences. Without a catalogue: the words are handed over. */

export type SentenceFacts = Readonly<{
  locale: string
  /** IANA. */
  timeZone: string
  questions: number
  points: string
  words: SentenceWords
}>

const whole = (text: string): number | null => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : null)

function lengthOf({ locale, words }: SentenceFacts, minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const [long, short] = [counted(locale, words.hours, hours), counted(locale, words.minutes, rest)]
  if (hours === 0) return short
  return rest === 0 ? long : fill(words.and, { hours: long, minutes: short })
}

/** A wall time as it is read out, or null. */
type Edge = 'opening' | 'closing'

function shownTime({ locale, timeZone, words }: SentenceFacts, local: string, edge: Edge): string | null {
  const read = instantOf(local, timeZone, edge)
  if (read === null || read.happens === 'never') return null
  const time = new Intl.DateTimeFormat(locale, {
    ...{
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    },
    timeZone,
  }).format(read.at)
  return fill(words.zone, { time, zone: timeZone.replaceAll('_', ' ') })
}

function windowWords(facts: SentenceFacts, texts: SettingTexts): string {
  const { window } = facts.words
  const [start, end] = [
    shownTime(facts, texts.startDate, 'opening'),
    shownTime(facts, texts.endDate, 'closing'),
  ]
  if (start !== null && end !== null) return fill(window.both, { start, end })
  if (start !== null) return fill(window.from, { start })
  return end === null ? window.open : fill(window.until, { end })
}

function attemptWords({ locale, words }: SentenceFacts, texts: SettingTexts): string {
  const counts = texts.counting === 'newest' || texts.counting === 'first' ? texts.counting : 'best'
  const counting = words.countings[counts]
  const attempts = whole(texts.attempts)
  return attempts === null
    ? fill(words.attempts.any, { counting })
    : counted(locale, words.attempts, attempts, { counting })
}

function mixedWords({ words }: SentenceFacts, texts: SettingTexts): string | null {
  const [questions, options] = [texts.shuffleQuestions === 'on', texts.shuffleOptions === 'on']
  if (questions && options) return words.mixed.both
  if (questions) return words.mixed.questions
  return options ? words.mixed.options : null
}

function reviewWords({ locale, words }: SentenceFacts, texts: SettingTexts): string {
  const when = (['after-close', 'after-release', 'never'] as const).find((one) => one === texts.reviewWhen)
  const shown = [
    ...(texts.reviewScore === 'on' ? [words.shows.score] : []),
    ...(texts.reviewAnswers === 'on' ? [words.shows.answers] : []),
    ...(texts.reviewKey === 'on' ? [words.shows.key] : []),
  ]
  const what = shown.length === 0 ? words.shows.nothing : new Intl.ListFormat(locale).format(shown)
  return fill(words.review[when ?? 'after-submission'], { what })
}

/** What a learner meets, sentence by sentence. */
export function sentencesOf(facts: SentenceFacts, texts: SettingTexts): string[] {
  const { locale, words, questions, points } = facts
  const worth = counted(locale, words.points, Number(points), { count: shownPoints(locale, points) })
  const asked =
    questions === 0 ? words.questions.none : counted(locale, words.questions, questions, { points: worth })
  const minutes = whole(texts.duration)
  const negative = whole(texts.negativePercent)
  const pass = whole(texts.passPercent)
  return [
    minutes === null
      ? `${asked}.`
      : fill(words.time, { questions: asked, minutes: lengthOf(facts, minutes) }),
    windowWords(facts, texts),
    texts.accessCode.trim() === '' ? null : words.code,
    attemptWords(facts, texts),
    mixedWords(facts, texts),
    negative === null || negative === 0 ? null : fill(words.negative, { percent: String(negative) }),
    pass === null ? null : fill(words.pass, { percent: String(pass) }),
    reviewWords(facts, texts),
  ].filter((sentence) => sentence !== null)
}

/** What about the window deserves a second look: hours that the clocks skip or show twice, and too little room. */
export function windowHints(facts: SentenceFacts, texts: SettingTexts): string[] {
  const { timeZone, words } = facts
  const start = instantOf(texts.startDate, timeZone, 'opening')
  const end = instantOf(texts.endDate, timeZone, 'closing')
  const hint = (read: typeof start, local: string, twice: string): string[] => {
    if (read === null || read.happens === 'once') return []
    const values = { zone: timeZone.replaceAll('_', ' '), time: local.slice(11) }
    return [fill(read.happens === 'never' ? words.never : twice, values)]
  }
  const minutes = whole(texts.duration)
  const room = start === null || end === null ? null : end.at.getTime() - start.at.getTime()
  const short = room !== null && minutes !== null && room > 0 && room < minutes * 60_000
  return [
    ...hint(start, texts.startDate, words.twiceFirst),
    ...hint(end, texts.endDate, words.twiceSecond),
    ...(short ? [words.shorter] : []),
  ]
}
