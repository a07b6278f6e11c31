import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { PageHeader } from '#components/ui/page-header'
import { Pager } from '#components/ui/pager'
import { TableToolbar } from '#components/ui/table-toolbar'
import { translator } from '#lib/i18n/translate'
import type { SchoolsPage, SchoolsSearch } from '#lib/schools/contract'
import { PLAN_NAMES, SCHOOL_STATUSES } from '#lib/schools/rules'
import { SchoolsTable } from './schools-table'
import { type Reader, withQuery } from './words'

const PATH = '/platform'

type Props = { reader: Reader; page: SchoolsPage; search: SchoolsSearch }

function isFiltered({ q, plan, status }: SchoolsSearch): boolean {
  return q !== '' || plan !== '' || status !== ''
}

/** The address of this list, with what is asked for in `search` kept. The first page, unless a cursor says otherwise. */
function hrefOf({ q, plan, status, sort }: SchoolsSearch, cursor: string | null = null): string {
  return withQuery(PATH, { q, plan, status, sort: sort === 'newest' ? null : sort, cursor })
}

function Toolbar({ reader, search }: Pick<Props, 'reader' | 'search'>) {
  const t = translator(reader.locale, 'platformSchools')
  const p = translator(reader.locale, 'platform')
  return (
    <TableToolbar
      id="schools"
      label={t('find')}
      action={PATH}
      search={{ name: 'q', value: search.q, label: t('search'), maxLength: 100 }}
      filters={[
        {
          ...{ name: 'plan', label: t('plan'), value: search.plan },
          options: [
            { value: '', label: t('anyPlan') },
            ...PLAN_NAMES.map((plan) => ({ value: plan, label: p(`plans.${plan}`) })),
          ],
        },
        {
          ...{ name: 'status', label: t('status'), value: search.status },
          options: [
            { value: '', label: t('anyStatus') },
            ...SCHOOL_STATUSES.map((status) => ({ value: status, label: p(`statuses.${status}`) })),
          ],
        },
      ]}
      keep={search.sort === 'newest' ? {} : { sort: search.sort }}
      submit={t('apply')}
      reset={isFiltered(search) ? { href: PATH, label: t('reset') } : null}
    />
  )
}

function Nothing({ reader, search }: Pick<Props, 'reader' | 'search'>) {
  const t = translator(reader.locale, 'platformSchools')
  if (isFiltered(search))
    return <EmptyState seed="platform:none" title={t('noMatchTitle')} body={t('noMatchBody')} />
  return (
    <EmptyState seed="platform:empty" title={t('emptyTitle')} body={t('emptyBody')}>
      <LinkButton href="/sign-up" look="quiet">
        {t('emptyAction')}
      </LinkButton>
    </EmptyState>
  )
}

/** All schools with their plan, status and use. Search, filters, order and page stand in the address. */
export function SchoolsView({ reader, page, search }: Props) {
  const t = translator(reader.locale, 'platformSchools')
  const p = translator(reader.locale, 'platform')
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: hrefOf(search, cursor), label }
  return (
    <>
      <PageHeader title={t('title')} intro={t('intro', page.totals)} />
      <div className="flex flex-col gap-6">
        {page.totals.all === 0 ? null : <Toolbar reader={reader} search={search} />}
        <SchoolsTable
          reader={reader}
          schools={page.schools}
          sort={search.sort}
          sortHref={(sort) => hrefOf({ ...search, sort })}
          empty={<Nothing reader={reader} search={search} />}
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
