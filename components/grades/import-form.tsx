'use client'

import { ActionForm, type FormMessages } from '#components/ui/action-form'
import { DataTable } from '#components/ui/data-table'
import { FileField } from '#components/ui/file-field'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Notice } from '#components/ui/notice'
import { PreviewForm } from '#components/ui/preview-form'
import { TextArea } from '#components/ui/text-area'
import { REASON_MAX } from '#lib/grades/contract/constants'
import type { ImportReport, RowChange, RowFault } from '#lib/grades/contract/importing'
import { fill } from '../editor/fill'
import type { ImportWords } from './import-words'

type Common = Readonly<{ words: ImportWords; messages: FormMessages; apply: FormAction }>

function Faults({ words, report }: Common & { report: ImportReport }) {
  return (
    <>
      <Notice tone="bad" title={report.said.faults}>
        {words.faultsBody}
      </Notice>
      <DataTable<RowFault>
        caption={report.said.faults}
        rows={report.faults}
        rowKey={({ line, column, kind }) => `${String(line)} ${column} ${kind}`}
        empty={null}
        columns={[
          { ...{ id: 'line', header: words.line }, cell: ({ line }) => String(line) },
          {
            ...{ id: 'what', header: words.what, long: true },
            cell: ({ kind, email, column, value }) => fill(words.faults[kind], { email, column, value }),
          },
        ]}
      />
    </>
  )
}

function textOf(words: ImportWords, points: string | null, excused: boolean): string {
  return excused ? words.excused : (points ?? words.none)
}

function Changes({ words, messages, apply, report }: Common & { report: ImportReport }) {
  const { courseId, text, stamp, changes, changeCount: count, said } = report
  if (count === 0) return <p>{said.nothing}</p>
  return (
    <>
      <p>
        {said.count}
        {changes.length < count ? ` ${fill(words.first, { count: changes.length })}` : ''}
      </p>
      <DataTable<RowChange>
        caption={said.count}
        rows={changes}
        rowKey={({ line, item }) => `${String(line)} ${item}`}
        empty={null}
        columns={[
          { ...{ id: 'person', header: words.person, long: true }, cell: ({ name }) => name },
          { ...{ id: 'item', header: words.item, long: true }, cell: ({ item }) => item },
          {
            ...{ id: 'from', header: words.from, end: true },
            cell: ({ from, excusedBefore }) => textOf(words, from, excusedBefore),
          },
          {
            ...{ id: 'to', header: words.to, end: true },
            cell: ({ to, excused }) => textOf(words, to, excused),
          },
        ]}
      />
      <ActionForm action={apply} submit={said.apply} pendingLabel={words.applying} messages={messages}>
        <HiddenFields values={{ courseId, text, stamp }} />
        <TextArea
          name="reason"
          label={words.reason}
          help={words.reasonHelp}
          rows={2}
          maxLength={REASON_MAX}
        />
      </ActionForm>
    </>
  )
}

/** A file of grades to check, and below it what it would change. */
export function ImportForm({
  courseId,
  preview,
  ...common
}: Common & Readonly<{ courseId: string; preview: FormAction }>) {
  const { words, messages } = common
  return (
    <PreviewForm
      words={words}
      labels={{ text: words.text, file: words.file }}
      messages={messages}
      preview={preview}
      report={(given) => {
        const report = given as ImportReport
        return (
          <div className="mt-4 flex flex-col gap-6">
            {report.ignored.length === 0 ? null : (
              <p className="text-14 text-soft wrap-anywhere">
                {fill(words.ignored, { columns: report.ignored.join(', ') })}
              </p>
            )}
            {report.faultCount > 0 ? (
              <Faults {...common} report={report} />
            ) : (
              <Changes {...common} report={report} />
            )}
          </div>
        )
      }}
    >
      <HiddenFields values={{ courseId }} />
      <TextArea name="text" label={words.text} optional="" rows={6} mono />
      <FileField
        name="file"
        label={words.file}
        help={words.fileHelp}
        optional=""
        accept=".csv,.tsv,.txt,text/csv,text/plain"
      />
    </PreviewForm>
  )
}
