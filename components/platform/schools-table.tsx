import type { ReactNode } from 'react'
import { type Column, DataTable } from '#components/ui/data-table'
import { StatusBadge } from '#components/ui/status-badge'
import { Time } from '#components/ui/time'
import { translator } from '#lib/i18n/translate'
import type { SchoolLine, SchoolSort } from '#lib/schools/contract'
import { usageLines, type UsageKind, type UsageLine } from '#lib/schools/rules'
import { dayInWords, momentInWords, type Reader, STATUS_TONES, strainOf, usageInWords } from './words'

/** How much of one limit is used, and in words when it comes near. */
function UsageCell({ reader, line }: { reader: Reader; line: UsageLine | undefined }) {
  const t = translator(reader.locale, 'platform')
  if (line === undefined) return null
  const strain = strainOf(line)
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1 tabular-nums">
      {usageInWords(reader, line)}
      {strain === null ? null : (
        <StatusBadge tone={strain === 'near' ? 'warn' : 'bad'}>{t(strain)}</StatusBadge>
      )}
    </span>
  )
}

/** Schools in a table; the order is chosen in its head. */
export function SchoolsTable({
  reader,
  schools,
  sort,
  sortHref,
  empty,
}: {
  reader: Reader
  schools: readonly SchoolLine[]
  sort: SchoolSort
  sortHref: (sort: SchoolSort) => string
  empty: ReactNode
}) {
  const t = translator(reader.locale, 'platformSchools')
  const p = translator(reader.locale, 'platform')
  const usage = (id: UsageKind, header: string): Column<SchoolLine> => ({
    ...{ id, header },
    cell: (school) => (
      <UsageCell
        reader={reader}
        line={usageLines(school.plan, school.numbers).find((line) => line.kind === id)}
      />
    ),
  })
  const columns: Column<SchoolLine>[] = [
    {
      ...{ id: 'school', header: t('school') },
      sort: { href: sortHref('name'), direction: sort === 'name' ? 'ascending' : null },
      cell: (school) => (
        <span className="block min-w-40">
          <a
            href={`/platform/schools/${school.id}`}
            className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:decoration-current sm:min-h-6"
          >
            {school.name}
          </a>
          <span dir="ltr" className="block text-14 font-normal text-soft">
            {school.subdomain}
          </span>
        </span>
      ),
    },
    {
      ...{ id: 'status', header: t('status') },
      cell: ({ status }) => <StatusBadge tone={STATUS_TONES[status]}>{p(`statuses.${status}`)}</StatusBadge>,
    },
    { id: 'plan', header: t('plan'), cell: ({ plan }) => p(`plans.${plan}`) },
    usage('people', t('people')),
    usage('courses', t('courses')),
    usage('storageBytes', t('storage')),
    {
      ...{ id: 'opened', header: t('opened') },
      sort: { href: sortHref('newest'), direction: sort === 'newest' ? 'descending' : null },
      cell: ({ createdAt }) => (
        <Time iso={createdAt.toISOString()} full={momentInWords(reader, createdAt)}>
          {dayInWords(reader, createdAt)}
        </Time>
      ),
    },
  ]
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      rows={schools}
      rowKey={(school) => school.id}
      empty={empty}
    />
  )
}
