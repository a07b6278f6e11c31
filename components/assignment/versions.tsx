import { momentWithZone } from '../exam/when'
import { Disclosure } from '#components/ui/disclosure'
import { StatusBadge } from '#components/ui/status-badge'
import type { AssignmentView } from '#lib/assignments/contract'
import { translator } from '#lib/i18n/translate'
import { WorkShown } from './work-shown'

type Place = Readonly<{ locale: string; timeZone: string }>

/** All that was handed in, the newest open. */
export function Versions({ locale, timeZone, assignment }: Place & { assignment: AssignmentView }) {
  const t = translator(locale, 'assignment')
  const { versions } = assignment
  if (versions.length === 0) return null
  return (
    <section aria-labelledby="versions" className="mt-10 max-w-column">
      <h2 id="versions" className="font-reading text-22 font-medium">
        {t('versions')}
      </h2>
      <ul className="mt-3 divide-y divide-line border-y border-line">
        {versions.map((version, index) => (
          <li key={version.number}>
            <Disclosure
              open={index === 0}
              summary={
                <span className="flex grow flex-wrap items-center justify-between gap-x-4 gap-y-1">
                  <span>
                    <span className="font-medium">{t('version', { number: version.number })}</span>
                    <span className="block text-14 text-soft">
                      {momentWithZone(locale, timeZone, version.submittedAt)}
                      {index === 0 && versions.length > 1 ? ` · ${t('counts')}` : ''}
                    </span>
                  </span>
                  <StatusBadge tone={version.daysLate === 0 ? 'good' : 'warn'}>
                    {version.daysLate === 0 ? t('onTime') : t('daysLate', { days: version.daysLate })}
                  </StatusBadge>
                </span>
              }
            >
              <WorkShown locale={locale} version={version} />
            </Disclosure>
          </li>
        ))}
      </ul>
    </section>
  )
}
