import { pointsIn } from '../exam/when'
import type { Marks, Rubric } from '#lib/assignments/contract/rubric'
import { translator } from '#lib/i18n/translate'

/** What was given by a rubric, with what was said to each criterion. */
export function MarksGiven({ locale, marks }: Readonly<{ locale: string; marks: Marks }>) {
  const t = translator(locale, 'assignment.rubric')
  if (marks.length === 0) return null
  return (
    <div className="mt-4">
      <h3 className="text-14 font-semibold">{t('given')}</h3>
      <ul className="mt-1 divide-y divide-line">
        {marks.map(({ criterionId, title, level, points, most, comment }) => (
          <li key={criterionId} className="py-2">
            <p className="flex flex-wrap justify-between gap-x-6">
              <span className="font-medium wrap-anywhere">{title}</span>
              <span className="tabular-nums">
                {level === '' ? '' : `${level} · `}
                {t('of', { points: pointsIn(locale, points), most: pointsIn(locale, most) })}
              </span>
            </p>
            {comment === '' ? null : (
              <p dir="auto" className="max-w-column text-14 whitespace-pre-wrap wrap-anywhere">
                {comment}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What will be looked at, before anything is handed in. */
export function RubricShown({ locale, rubric }: Readonly<{ locale: string; rubric: Rubric }>) {
  const t = translator(locale, 'assignment.rubric')
  if (rubric.length === 0) return null
  return (
    <section aria-labelledby="rubric" className="mt-10 max-w-column">
      <h2 id="rubric" className="font-reading text-22 font-medium">
        {t('title')}
      </h2>
      <ul className="mt-3 divide-y divide-line border-y border-line">
        {rubric.map(({ id, title, levels }) => (
          <li key={id} className="py-3">
            <p className="font-medium wrap-anywhere">{title}</p>
            <ul className="mt-1 flex flex-col gap-1 text-14">
              {levels.map((level) => (
                <li key={level.id} className="flex flex-wrap gap-x-3">
                  <span className="wrap-anywhere">{level.title}</span>
                  <span className="text-soft tabular-nums">
                    {t('points', { points: pointsIn(locale, level.points) })}
                  </span>
                  {level.description === '' ? null : (
                    <span className="basis-full text-soft wrap-anywhere">{level.description}</span>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}
