import { dayPlus, type StreakNow } from '#lib/awards/rules/streak'
import { formatter, translator } from '#lib/i18n/translate'

/** A calendar day (`YYYY-MM-DD`) in words; it is no moment, so it is in no zone. */
export function dayWords(locale: string, day: string, style: 'long' | 'short' = 'long'): string {
  const options =
    style === 'long'
      ? ({ day: 'numeric', month: 'long', year: 'numeric' } as const)
      : ({ day: 'numeric', month: 'short' } as const)
  return formatter(locale, 'UTC').dateTime(new Date(`${day}T12:00:00Z`), options)
}

/** The freezes that are held, and when there is another. */
function freezeWords(locale: string, { freezes, untilFreeze }: StreakNow): string {
  const t = translator(locale, 'awards.streak')
  const next = untilFreeze === null ? t('full') : t('next', { days: untilFreeze })
  return `${t('held', { count: freezes })} ${next}`
}

/** Where a streak stands, in plain words: a headline, then a line or two. @param today `YYYY-MM-DD`, the learner's */
export function streakWords(
  locale: string,
  streak: StreakNow,
  today: string,
): Readonly<{ headline: string; lines: readonly string[] }> {
  const t = translator(locale, 'awards.streak')
  const { days, longest, pause, covered, lately, freezes } = streak
  const headline = t('days', { count: days })
  const paused = pause === null ? [] : [t('pause', { date: dayWords(locale, pause.last) })]
  if (days === 0) return { headline, lines: [...paused, longest === 0 ? t('none') : t('again')] }
  const state = streak.today ? t('today') : t('open')
  const yesterday = covered.at(-1) === dayPlus(today, -1)
  const frozen = yesterday && lately < 2 ? t('yesterday') : t('covered', { count: lately })
  return {
    headline,
    lines: [
      ...(paused.length === 0 || streak.today ? [state] : []),
      ...paused,
      yesterday || lately > 0 ? `${frozen} ${t('left', { count: freezes })}` : freezeWords(locale, streak),
    ],
  }
}
