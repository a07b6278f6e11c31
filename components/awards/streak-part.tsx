import { Icon } from '#components/ui/icon'
import { learningDay, type StreakNow } from '#lib/awards/rules/streak'
import { translator } from '#lib/i18n/translate'
import { streakWords } from './streak-words'

type Props = Readonly<{
  locale: string
  /** IANA, the learner's. */
  timeZone: string
  now: Date
  streak: StreakNow
  /** Where more of it stands; null here. */
  href: string | null
}>

/** Days of learning in a row, the freezes behind them, and what keeps them going. */
export function StreakPart({ locale, timeZone, now, streak, href }: Props) {
  const t = translator(locale, 'awards.streak')
  const { headline, lines } = streakWords(locale, streak, learningDay(now, timeZone))
  return (
    <section aria-labelledby="streak" className="rounded-md bg-accent-3 p-4 sm:p-6">
      <h2 id="streak" className="flex items-center gap-2 font-semibold text-accent-11">
        <Icon name="calendar" size={18} />
        {t('title')}
      </h2>
      <p className="mt-2 font-reading text-22 font-medium">{headline}</p>
      {lines.map((line) => (
        <p key={line} className="mt-1 text-14">
          {line}
        </p>
      ))}
      {streak.longest === 0 ? null : (
        <p className="mt-2 text-14">{t('longest', { count: streak.longest })}</p>
      )}
      {href === null ? null : (
        <p className="mt-2">
          <a
            href={href}
            className="inline-flex min-h-11 items-center text-14 font-medium text-accent-11 underline underline-offset-4 sm:min-h-8"
          >
            {t('profile')}
          </a>
        </p>
      )}
    </section>
  )
}
