import { Disclosure } from '#components/ui/disclosure'
import { type Column, DataTable } from '#components/ui/data-table'
import { PageHeader } from '#components/ui/page-header'
import { Pager } from '#components/ui/pager'
import { StatusBadge, type Tone } from '#components/ui/status-badge'
import { formatter, translator } from '#lib/i18n/translate'
import type { SchoolHealth } from '#lib/insight/contract/views'
import { percentOf } from '#lib/insight/rules/chart'
import { healthOf } from '#lib/insight/rules/health'

const TONES = {
  closed: 'neutral',
  silent: 'warn',
  shrinking: 'warn',
  steady: 'good',
  growing: 'good',
} as const satisfies Record<ReturnType<typeof healthOf>, Tone>

type Props = Readonly<{
  locale: string
  schools: readonly SchoolHealth[]
  previousCursor: string | null
  nextCursor: string | null
}>

const hrefOf = (cursor: string): string => `/platform/insight?cursor=${encodeURIComponent(cursor)}`

function columnsOf(locale: string): Column<SchoolHealth>[] {
  const t = translator(locale, 'insight.platform')
  const write = formatter(locale, 'UTC')
  type Counted = 'learnersWeek' | 'learnersBefore' | 'enrollments' | 'lettersWaiting' | 'marksWaiting'
  const count = (id: Counted, header: string): Column<SchoolHealth> => ({
    ...{ id, header, end: true },
    cell: (school) => write.number(school[id]),
  })
  return [
    {
      ...{ id: 'school', header: t('school'), long: true },
      cell: ({ id, name }) => (
        <a
          href={`/platform/schools/${id}`}
          className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:decoration-current sm:min-h-6"
        >
          {name}
        </a>
      ),
    },
    {
      ...{ id: 'state', header: t('state') },
      cell: (school) => {
        const state = healthOf(school)
        return <StatusBadge tone={TONES[state]}>{t(`states.${state}`)}</StatusBadge>
      },
    },
    count('learnersWeek', t('week')),
    count('learnersBefore', t('before')),
    count('enrollments', t('enrollments')),
    {
      ...{ id: 'completed', header: t('completed'), end: true },
      cell: ({ completions, enrollments }) =>
        write.number(percentOf(completions, enrollments) / 100, { style: 'percent' }),
    },
    count('lettersWaiting', t('letters')),
    count('marksWaiting', t('marks')),
  ]
}

/** How schools fare, by numbers alone. */
export function HealthPage({ locale, schools, previousCursor, nextCursor }: Props) {
  const t = translator(locale, 'insight.platform')
  return (
    <>
      <PageHeader title={t('title')} intro={t('intro')} />
      <DataTable
        caption={t('caption')}
        columns={columnsOf(locale)}
        rows={schools}
        rowKey={({ id }) => id}
        empty={<p className="text-soft">{t('empty')}</p>}
      />
      <div className="mt-6 flex flex-col gap-4">
        <Pager
          label={t('pages')}
          previous={previousCursor === null ? null : { href: hrefOf(previousCursor), label: t('previous') }}
          next={nextCursor === null ? null : { href: hrefOf(nextCursor), label: t('next') }}
        />
        <Disclosure
          summary={<span className="font-medium">{translator(locale, 'insight.school')('how')}</span>}
        >
          <p className="max-w-column text-14 text-soft">{t('how')}</p>
        </Disclosure>
      </div>
    </>
  )
}
