import { momentIn, percentOf, pointsIn } from '../exam/when'
import type { AttemptCard } from '#lib/exams/contract/grading'
import { exactDurationInWords } from '#lib/i18n/duration'
import { formatter, translator } from '#lib/i18n/translate'

/** How far an attempt is: running with the time it has left, or how it ended. */
export function stateWords(locale: string, timeZone: string, attempt: AttemptCard, now: Date): string {
  const t = translator(locale, 'examGrade.attempts')
  const { submittedAt, deadlineAt, endedBy } = attempt
  if (submittedAt !== null)
    return t(`endedBy.${endedBy ?? 'LEARNER'}`, { when: momentIn(locale, timeZone, submittedAt) })
  const left = Math.floor((deadlineAt.getTime() - now.getTime()) / 1_000)
  if (left <= 0) return t('timeUp')
  const time = exactDurationInWords(locale, left < 60 ? left : left - (left % 60))
  return t('timeLeft', { time, when: momentIn(locale, timeZone, deadlineAt) })
}

/** Points with percent; null until all questions have theirs. */
export function scoreWords(
  locale: string,
  { score, maxScore }: Pick<AttemptCard, 'score' | 'maxScore'>,
): string | null {
  const t = translator(locale, 'examGrade.attempts')
  if (score === null || maxScore === null) return null
  const percent = percentOf(score, maxScore)
  const points = t('points', { score: pointsIn(locale, score), max: pointsIn(locale, maxScore) })
  return percent === null ? points : `${points} · ${t('percent', { percent })}`
}

/** A length of time to the second: `40 sec`, `3 min 20 sec`. */
export function spanWords(locale: string, seconds: number): string {
  const unit = (value: number, name: 'minute' | 'second'): string =>
    formatter(locale, 'UTC').number(value, { style: 'unit', unit: name, unitDisplay: 'short' })
  const [minutes, rest] = [Math.floor(seconds / 60), Math.round(seconds % 60)]
  if (minutes === 0) return unit(rest, 'second')
  return rest === 0 ? unit(minutes, 'minute') : `${unit(minutes, 'minute')} ${unit(rest, 'second')}`
}
