import { Time } from '#components/ui/time'
import type { AuditEntryView } from '#lib/audit/contract'
import { formatter, translator } from '#lib/i18n/translate'
import { actionWords, targetWords } from './audit-words'

/** The newest entries of the audit log, one line each. */
export function RecentChanges({
  locale,
  timeZone,
  entries,
}: {
  locale: string
  timeZone: string
  entries: readonly AuditEntryView[]
}) {
  const t = translator(locale, 'audit')
  const write = formatter(locale, timeZone)
  if (entries.length === 0)
    return <p className="max-w-note text-soft">{translator(locale, 'admin.recent')('empty')}</p>
  return (
    <ul className="divide-y divide-line border-y border-line">
      {entries.map((entry) => {
        const target = targetWords(locale, entry)
        return (
          <li key={entry.id} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-3">
            <span className="min-w-0">
              <span className="font-medium">{actionWords(locale, entry.action)}</span>
              {target === null ? null : <span className="text-soft"> · {target}</span>}
            </span>
            <span className="text-14 text-soft">
              {entry.actorName ?? t(entry.actorId === null ? 'system' : 'erased')}
              {', '}
              <Time iso={entry.at.toISOString()}>
                {write.dateTime(entry.at, {
                  day: 'numeric',
                  month: 'short',
                  hour: 'numeric',
                  minute: '2-digit',
                })}
              </Time>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
