import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { PageHeader } from '#components/ui/page-header'
import { Pager } from '#components/ui/pager'
import { Time } from '#components/ui/time'
import { type AuditEntryView, type AuditQuery, EXPORT_MOST } from '#lib/audit/contract'
import { auditHref, isFiltered } from '#lib/audit/rules'
import { formatter, translator } from '#lib/i18n/translate'
import { AdminPage, type AdminProps } from './admin-page'
import { AuditChanges } from './audit-changes'
import { AuditFilters } from './audit-filters'
import { actionWords, targetWords } from './audit-words'

type Props = AdminProps & {
  /** IANA, of the school. */
  timeZone: string
  query: AuditQuery
  entries: readonly AuditEntryView[]
  nextCursor: string | null
  previousCursor: string | null
  /** For the drawing of an empty log. */
  seed: string
}

function What({ locale, entry }: { locale: string; entry: AuditEntryView }) {
  const words = actionWords(locale, entry.action)
  const target = targetWords(locale, entry)
  return (
    <>
      <span className={words === entry.action ? 'font-mono text-14' : 'font-medium'}>{words}</span>
      {target === null ? null : <span className="block text-14 font-normal text-soft">{target}</span>}
    </>
  )
}

function Who({ locale, entry }: { locale: string; entry: AuditEntryView }) {
  const t = translator(locale, 'audit')
  const { actorId, actorName } = entry
  if (actorId === null) return <span className="text-soft">{t('system')}</span>
  if (actorName === null) return <span className="text-soft">{t('erased')}</span>
  return (
    <a
      href={auditHref({ person: actorId, action: '', target: '', from: '', to: '' })}
      className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:decoration-current sm:min-h-6"
    >
      {actorName}
    </a>
  )
}

function Nothing({ locale, query, seed }: { locale: string; query: AuditQuery; seed: string }) {
  const t = translator(locale, 'audit')
  if (!isFiltered(query))
    return <EmptyState seed={`${seed}:audit`} title={t('emptyTitle')} body={t('emptyBody')} />
  return (
    <EmptyState seed={`${seed}:no-entry`} title={t('noMatchTitle')} body={t('noMatchBody')}>
      <LinkButton href="/admin/audit" look="quiet">
        {t('clear')}
      </LinkButton>
    </EmptyState>
  )
}

function Table({ locale, timeZone, query, entries, seed }: Omit<Props, 'permissions'>) {
  const t = translator(locale, 'audit')
  const write = formatter(locale, timeZone)
  const moment = (at: Date) =>
    write.dateTime(at, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
    })
  const exact = (at: Date) => write.dateTime(at, { dateStyle: 'full', timeStyle: 'long' })
  return (
    <DataTable
      caption={t('table')}
      rows={entries}
      rowKey={(entry) => entry.id}
      empty={<Nothing locale={locale} query={query} seed={seed} />}
      columns={[
        { id: 'what', header: t('what'), cell: (entry) => <What locale={locale} entry={entry} /> },
        {
          id: 'changes',
          header: t('changes'),
          cell: (entry) => (
            <AuditChanges locale={locale} changes={entry.changes} requestId={entry.requestId} />
          ),
        },
        { id: 'who', header: t('who'), cell: (entry) => <Who locale={locale} entry={entry} /> },
        {
          id: 'where',
          header: t('where'),
          cell: (entry) =>
            entry.ip === null ? (
              <span className="text-soft">{t('unknownPlace')}</span>
            ) : (
              <span className="font-mono text-14">{entry.ip}</span>
            ),
        },
        {
          id: 'when',
          header: t('when'),
          cell: (entry) => (
            <Time iso={entry.at.toISOString()} full={exact(entry.at)}>
              {moment(entry.at)}
            </Time>
          ),
        },
      ]}
    />
  )
}

/** The school's audit log: what was done, by whom, and what it changed. */
export function AuditLog(props: Props) {
  const { locale, permissions, timeZone, query, nextCursor, previousCursor, entries } = props
  const t = translator(locale, 'audit')
  const write = formatter(locale, timeZone)
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: auditHref(query, cursor), label }
  return (
    <AdminPage locale={locale} permissions={permissions} current="audit">
      <PageHeader title={t('title')} intro={`${t('intro')} ${t('zone', { zone: timeZone })}`} />
      <AuditFilters locale={locale} query={query} />
      <div className="mt-2">
        <Table {...props} />
      </div>
      <div className="mt-6 flex flex-col gap-8">
        <Pager
          label={t('pager')}
          previous={link(previousCursor, t('newer'))}
          next={link(nextCursor, t('older'))}
        />
        {entries.length === 0 ? null : (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <LinkButton href={auditHref(query, null, '/api/admin/audit')} look="quiet">
              <Icon name="download" size={18} />
              {t('export')}
            </LinkButton>
            <p className="text-14 text-soft">{t('exportNote', { count: write.number(EXPORT_MOST) })}</p>
          </div>
        )}
      </div>
    </AdminPage>
  )
}
