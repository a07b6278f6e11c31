import { Icon } from '#components/ui/icon'
import type { AuditChange, AuditValue } from '#lib/audit/contract'
import { translator } from '#lib/i18n/translate'
import { entryWords, fieldWords } from './audit-words'

function Side({ locale, value, kind }: { locale: string; value: AuditValue; kind: 'was' | 'is' }) {
  const t = translator(locale, 'audit')
  const text = value === null ? t('none') : typeof value === 'boolean' ? t(value ? 'yes' : 'no') : value
  const look =
    value === null ? 'text-soft italic' : kind === 'was' ? 'text-soft line-through decoration-edge' : ''
  return (
    <span>
      <span className="sr-only">{t(kind)}: </span>
      <span dir="auto" className={look}>
        {text}
      </span>
    </span>
  )
}

function Items({
  locale,
  field,
  items,
  kind,
}: {
  locale: string
  field: string
  items: readonly string[]
  kind: 'added' | 'removed'
}) {
  const t = translator(locale, 'audit')
  return items.map((item) => (
    <li key={item} className={`flex items-start gap-2 ${kind === 'added' ? '' : 'text-soft'}`}>
      <Icon name={kind === 'added' ? 'plus' : 'close'} size={14} className="mt-1" />
      <span>
        <span className="sr-only">{t(kind)}: </span>
        <span dir="auto" className={kind === 'added' ? '' : 'line-through decoration-edge'}>
          {entryWords(locale, field, item)}
        </span>
      </span>
    </li>
  ))
}

function Change({ locale, change }: { locale: string; change: AuditChange }) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 py-1.5 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="text-soft">{fieldWords(locale, change.field)}</dt>
      <dd className="min-w-0">
        {change.kind === 'list' ? (
          <ul>
            <Items locale={locale} field={change.field} items={change.removed} kind="removed" />
            <Items locale={locale} field={change.field} items={change.added} kind="added" />
          </ul>
        ) : (
          <span className="flex flex-wrap items-center gap-x-2">
            {change.before === null ? null : (
              <>
                <Side locale={locale} value={change.before} kind="was" />
                <Icon name="arrow" size={14} className="text-soft" />
              </>
            )}
            <Side locale={locale} value={change.after} kind="is" />
          </span>
        )}
      </dd>
    </div>
  )
}

/** What an entry changed, before and after, behind a line that names the fields. */
export function AuditChanges({
  locale,
  changes,
  requestId,
}: {
  locale: string
  changes: readonly AuditChange[]
  requestId: string | null
}) {
  const t = translator(locale, 'audit')
  if (changes.length === 0) return <span className="text-soft">{t('noChange')}</span>
  return (
    <details className="group text-14">
      <summary className="-my-2 inline-flex min-h-11 list-none items-center gap-1.5 sm:my-0 sm:min-h-6">
        <Icon name="chevron" size={14} className="text-soft group-open:rotate-90 rtl:group-open:rotate-90" />
        {changes.map(({ field }) => fieldWords(locale, field)).join(', ')}
      </summary>
      <dl className="mt-1 border-s-2 border-line ps-3">
        {changes.map((change) => (
          <Change key={change.field} locale={locale} change={change} />
        ))}
      </dl>
      {requestId === null ? null : (
        <p className="border-s-2 border-line ps-3 pt-1 font-mono text-12 text-soft">
          {t('request', { id: requestId })}
        </p>
      )}
    </details>
  )
}
