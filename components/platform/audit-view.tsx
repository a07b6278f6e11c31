import { EmptyState } from '#components/ui/empty-state'
import { PageHeader } from '#components/ui/page-header'
import { Pager } from '#components/ui/pager'
import { TableToolbar } from '#components/ui/table-toolbar'
import { translator } from '#lib/i18n/translate'
import type { LogPage } from '#lib/schools/contract'
import { LogTable } from './log-table'
import { type Reader, withQuery } from './words'

const PATH = '/platform/audit'

/** The platform's own audit log, with search and keyset paging, all of it by address. */
export function AuditView({ reader, page, q }: { reader: Reader; page: LogPage; q: string }) {
  const t = translator(reader.locale, 'platformLog')
  const p = translator(reader.locale, 'platform')
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: withQuery(PATH, { q, cursor }), label }
  return (
    <>
      <PageHeader title={t('title')} intro={t('intro')} />
      <div className="flex flex-col gap-6">
        <TableToolbar
          id="log"
          label={t('find')}
          action={PATH}
          search={{ name: 'q', value: q, label: t('search'), maxLength: 100 }}
          submit={t('apply')}
          reset={q === '' ? null : { href: PATH, label: t('reset') }}
        />
        <LogTable
          reader={reader}
          lines={page.lines}
          empty={
            q === '' ? (
              <EmptyState seed="platform:log" title={t('emptyTitle')} body={t('emptyBody')} />
            ) : (
              <EmptyState seed="platform:none" title={t('noMatchTitle')} body={t('noMatchBody')} />
            )
          }
        />
        <Pager
          label={t('pager')}
          previous={link(page.previousCursor, p('previous'))}
          next={link(page.nextCursor, p('next'))}
        />
      </div>
    </>
  )
}
