import { pointsIn } from '../exam/when'
import type { PersonGrades } from '#lib/grades/contract'
import { translator } from '#lib/i18n/translate'

type Props = Readonly<{ locale: string; grades: PersonGrades }>

/** A percentage as it is read: `94.5 %`. */
export function percentText(locale: string, percent: string): string {
  return translator(locale, 'grades.grade')('percent', { percent: pointsIn(locale, percent) })
}

/** The grade of the course, and by which rule it came about. */
export function GradeHead({ locale, grades }: Props) {
  const t = translator(locale, 'grades.grade')
  const { percent, letter, computed, change, weighted } = grades
  return (
    <section aria-labelledby="grade" className="rounded-md bg-sunken p-6">
      <h2 id="grade" className="text-14 text-soft">
        {t('of')}
      </h2>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-3 font-reading text-36 font-medium tabular-nums">
        {percent === null ? t('none') : percentText(locale, percent)}
        {letter === null ? null : <span className="text-accent-11">{letter}</span>}
      </p>
      {percent === null ? <p className="mt-1 text-14">{t('noneBody')}</p> : null}
      {change === null ? null : (
        <p className="mt-2 text-14">
          {computed === null ? t('byHandNone') : t('byHand', { percent: percentText(locale, computed) })}
          {change.reason === null ? null : (
            <span className="block wrap-anywhere">
              {translator(locale, 'grades.line')('reason', { reason: change.reason })}
            </span>
          )}
        </p>
      )}
      <p className="mt-3 max-w-column text-14 text-soft">
        {weighted ? t('weights') : t('points')} {t('standing')} {t('rounding')}
      </p>
    </section>
  )
}
