import type { AnalysisView } from '#lib/exams/contract/grading'
import { formatter, translator } from '#lib/i18n/translate'

/** How many attempts have how many points: a table whose bars only show what its numbers say. */
export function Distribution({ locale, view }: { locale: string; view: Pick<AnalysisView, 'distribution'> }) {
  const t = translator(locale, 'examAnalysis')
  const { distribution } = view
  const most = Math.max(1, ...distribution)
  const step = 100 / distribution.length
  return (
    <table className="w-full max-w-column text-14">
      <caption className="pb-3 text-start text-18 font-semibold">{t('distribution')}</caption>
      <thead className="text-start text-soft">
        <tr>
          <th scope="col" className="py-1 text-start font-medium">
            {t('range')}
          </th>
          <th scope="col" className="py-1 text-start font-medium">
            {t('people')}
          </th>
        </tr>
      </thead>
      <tbody>
        {distribution.map((count, index) => (
          <tr key={index}>
            <th scope="row" className="w-32 py-1 pe-4 text-start font-normal tabular-nums">
              {t('rangeOf', { from: index * step, to: (index + 1) * step })}
            </th>
            <td className="py-1">
              <span className="flex items-center gap-3">
                <span className="w-8 text-end tabular-nums">{formatter(locale, 'UTC').number(count)}</span>
                <span aria-hidden="true" className="block h-3 grow">
                  <span
                    className="block h-full rounded-sm bg-accent-8 forced-colors:bg-[CanvasText]"
                    style={{ inlineSize: `${(count / most) * 100}%` }}
                  />
                </span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
