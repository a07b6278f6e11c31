import { Icon } from '#components/ui/icon'
import type { AwardsView } from '#lib/awards/contract'
import { translator } from '#lib/i18n/translate'

/** Days of learning in a row, and what keeps them going. */
export function StreakPart({ locale, streak }: { locale: string; streak: AwardsView['streak'] }) {
  const t = translator(locale, 'awards.streak')
  const { days, longest, today } = streak
  return (
    <section aria-labelledby="streak" className="rounded-md bg-accent-3 p-4 sm:p-6">
      <h2 id="streak" className="flex items-center gap-2 font-semibold text-accent-11">
        <Icon name="calendar" size={18} />
        {t('title')}
      </h2>
      <p className="mt-2 font-reading text-22 font-medium">{t('days', { count: days })}</p>
      <p className="mt-1 text-14">{days === 0 ? t('none') : today ? t('today') : t('open')}</p>
      {longest === 0 ? null : <p className="mt-2 text-14">{t('longest', { count: longest })}</p>}
    </section>
  )
}
