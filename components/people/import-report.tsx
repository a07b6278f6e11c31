'use client'

import { ActionForm } from '#components/ui/action-form'
import { buttonClass } from '#components/ui/button'
import { DataTable } from '#components/ui/data-table'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Icon } from '#components/ui/icon'
import { Notice } from '#components/ui/notice'
import { Stat, StatGroup } from '#components/ui/stat'
import { StatusBadge } from '#components/ui/status-badge'
import type { ImportReport as Report, ImportRow } from '#lib/people/contract'
import { csvFile, SETTLED, SHOWN_ROWS } from '#lib/people/rules'
import type { ImportWords } from './import-words'

/** Mistakes first, then the new ones, then those with whom nothing happens. */
function rank({ outcome }: ImportRow): number {
  if (!SETTLED.includes(outcome)) return 0
  return outcome === 'new' ? 1 : 2
}

function toneOf(row: ImportRow) {
  return (['bad', 'good', 'neutral'] as const)[rank(row)] ?? 'neutral'
}

function Rows({ words, rows }: { words: ImportWords; rows: readonly ImportRow[] }) {
  const { columns } = words
  return (
    <DataTable<ImportRow>
      caption={words.caption}
      rowHeader="email"
      rows={rows}
      rowKey={(row) => String(row.line)}
      empty={null}
      columns={[
        {
          id: 'email',
          header: columns.email,
          cell: (row) => <span className="wrap-anywhere">{row.email}</span>,
        },
        {
          id: 'name',
          header: columns.name,
          cell: (row) => <span className="wrap-anywhere">{row.name}</span>,
        },
        {
          id: 'role',
          header: columns.role,
          cell: (row) => <span className="wrap-anywhere">{row.role}</span>,
        },
        {
          id: 'result',
          header: columns.result,
          cell: (row) =>
            rank(row) === 0 ? (
              <span className="text-14 text-bad">{words.outcomes[row.outcome]}</span>
            ) : (
              <StatusBadge tone={toneOf(row)}>{words.outcomes[row.outcome]}</StatusBadge>
            ),
        },
        {
          id: 'line',
          header: columns.line,
          end: true,
          cell: (row) => <span className="tabular-nums">{row.line}</span>,
        },
      ]}
    />
  )
}

/** The whole report as a file inside the link, so that it needs neither a script nor the list a second time. */
function Download({ words, rows }: { words: ImportWords; rows: readonly ImportRow[] }) {
  const { line, email, name, role, result } = words.columns
  const body = rows.map((row) => [
    String(row.line),
    row.email,
    row.name,
    row.role,
    words.outcomes[row.outcome],
  ])
  const file = csvFile([[line, email, name, role, result], ...body])
  return (
    <a
      href={`data:text/csv;charset=utf-8,${encodeURIComponent(file)}`}
      download={words.fileName}
      className={buttonClass('plain')}
    >
      <Icon name="download" size={18} />
      {words.download}
    </a>
  )
}

function Apply({ words, report, apply }: { words: ImportWords; report: Report; apply: FormAction }) {
  if (report.text === '') return <p className="text-soft">{words.nothingNew}</p>
  if (report.over > 0) {
    return (
      <Notice tone="warn" title={report.words.over}>
        {words.overBody}
      </Notice>
    )
  }
  return (
    <ActionForm action={apply} submit={report.words.apply} pendingLabel={words.pending} messages={words.form}>
      <HiddenFields values={{ text: report.text }} />
    </ActionForm>
  )
}

/** What an import would do: in three numbers, row by row, and as a file; and the button that does it. */
export function ImportReport({
  locale,
  words,
  report,
  apply,
}: {
  locale: string
  words: ImportWords
  report: Report
  apply: FormAction
}) {
  const { rows } = report
  const number = new Intl.NumberFormat(locale)
  const ranks = rows.map(rank)
  const count = (wanted: number) => number.format(ranks.filter((one) => one === wanted).length)
  const shown = rows.toSorted((one, other) => rank(one) - rank(other)).slice(0, SHOWN_ROWS)
  return (
    <div className="mt-6 flex flex-col gap-8">
      <StatGroup>
        <Stat label={words.counts.new} value={count(1)} />
        <Stat label={words.counts.settled} value={count(2)} />
        <Stat label={words.counts.wrong} value={count(0)} />
      </StatGroup>
      <Apply words={words} report={report} apply={apply} />
      <div>
        <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
          <p className="text-14 text-soft">{report.words.shown}</p>
          <Download words={words} rows={rows} />
        </div>
        <Rows words={words} rows={shown} />
      </div>
    </div>
  )
}
