import { Disclosure } from '#components/ui/disclosure'
import type { StripState, StripWeek } from '#lib/awards/rules/streak'
import { formatter, translator } from '#lib/i18n/translate'
import { dayWords } from './streak-words'

type Props = Readonly<{ locale: string; weeks: readonly StripWeek[] }>

/** Each told apart by more than its colour: filled, framed, dashed, empty. Colours are printed, too. */
const LOOKS: Readonly<Record<StripState, string>> = {
  learned: 'bg-accent-9 forced-colors:bg-[CanvasText]',
  frozen: 'border-2 border-info bg-info-tint',
  break: 'border border-dashed border-edge',
  free: 'bg-sunken forced-colors:border forced-colors:border-[GrayText]',
}

const SQUARE = 'block size-4 rounded-[3px] print:[print-color-adjust:exact]'

const count = (weeks: readonly StripWeek[], state: StripState): number =>
  weeks.flatMap(({ days }) => days).filter((day) => day.state === state).length

/** One week in words. */
function weekWords(locale: string, { days }: StripWeek): string {
  const t = translator(locale, 'profile.strip')
  const names = days
    .filter(({ state }) => state === 'learned')
    .map(({ day }) => formatter(locale, 'UTC').dateTime(new Date(`${day}T12:00:00Z`), { weekday: 'short' }))
  const frozen = days.filter(({ state }) => state === 'frozen').length
  return [
    t('weekDays', { count: names.length, days: names.join(', ') }),
    ...(frozen === 0 ? [] : [t('weekFrozen', { count: frozen })]),
    ...(days.some(({ state }) => state === 'break') ? [t('weekBreak')] : []),
  ].join('; ')
}

function Legend({ locale, weeks }: Props) {
  const t = translator(locale, 'profile.strip')
  const states = (['learned', 'frozen', 'break', 'free'] as const).filter((one) => count(weeks, one) > 0)
  return (
    <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-12 text-soft" aria-hidden="true">
      {states.map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <span className={`${SQUARE} ${LOOKS[state]}`} />
          {t(state)}
        </li>
      ))}
    </ul>
  )
}

/** A calendar of the last weeks, a column a week. The same stands below it in words. */
export function HeatStrip({ locale, weeks }: Props) {
  const t = translator(locale, 'profile.strip')
  return (
    <section aria-labelledby="strip">
      <h2 id="strip" className="text-18 font-semibold">
        {t('title', { weeks: weeks.length })}
      </h2>
      <p className="mt-1 text-14 text-soft">
        {t('sum', { learned: count(weeks, 'learned'), frozen: count(weeks, 'frozen') })}
      </p>
      <div aria-hidden="true" className="mt-4 flex gap-1">
        {weeks.map(({ first, days }) => (
          <div key={first} className="flex flex-col gap-1">
            {days.map(({ day, state }) => (
              <span key={day} title={dayWords(locale, day)} className={`${SQUARE} ${LOOKS[state]}`} />
            ))}
          </div>
        ))}
      </div>
      <Legend locale={locale} weeks={weeks} />
      <div className="mt-3" data-chrome>
        <Disclosure summary={t('inWords')}>
          <ul className="flex flex-col gap-1 text-14">
            {weeks.toReversed().map((week) => (
              <li key={week.first}>
                {t('week', { date: dayWords(locale, week.first, 'short') })}: {weekWords(locale, week)}
              </li>
            ))}
          </ul>
        </Disclosure>
      </div>
    </section>
  )
}
